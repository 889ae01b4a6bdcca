import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered } from "../../asking.ts";
import { api, type People } from "../api.ts";

const peopleKey = ["people"] as const;

/** Everybody with an account. */
export const usePeople = () =>
  useQuery({
    queryKey: peopleKey,
    queryFn: (): Promise<People> => answered(api.GET("/api/v1/people")),
  });

/** Changes something about people; what comes back is shown at once. */
export function usePeopleChange<Change>(change: (what: Change) => Promise<People>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (people) => client.setQueryData(peopleKey, people),
  });
}
