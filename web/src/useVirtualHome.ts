import { useQuery } from "@tanstack/react-query";
import { answered, api } from "./api.ts";

export const virtualHomeKey = ["virtual-home"] as const;

/** Whether a virtual home is shown here, and its progress while it opens. */
export const useVirtualHome = () =>
  useQuery({
    queryKey: virtualHomeKey,
    queryFn: () => answered(api.GET("/api/v1/virtual-home")),
    refetchInterval: ({ state }) => (state.data?.state === "opening" ? 500 : false),
  });
