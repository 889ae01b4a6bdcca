import { useQuery } from "@tanstack/react-query";
import { fetchMe, type Me } from "./api.ts";

export const meKey = ["me"] as const;

/** Who looks at the page, and what they may do; undefined until that is known. */
export function useMe(): Me | undefined {
  const { data } = useQuery({
    queryKey: meKey,
    queryFn: fetchMe,
    staleTime: 60_000,
  });
  return data;
}
