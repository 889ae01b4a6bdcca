import { type UseMutationResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered } from "../../asking.ts";
import { api, type Account } from "../api.ts";

const accountKey = ["account"] as const;

/** One's own account; `isOn` where there is one. */
export const useAccount = (isOn: boolean) =>
  useQuery({
    queryKey: accountKey,
    queryFn: (): Promise<Account> => answered(api.GET("/api/v1/account")),
    enabled: isOn,
  });

/** Changes one's account; what comes back is shown at once. */
export function useAccountChange<Change = void>(
  change: (what: Change) => Promise<Account>,
): UseMutationResult<Account, Error, Change> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (account) => client.setQueryData(accountKey, account),
  });
}

/** Has it be asked for anew. */
export function useAccountRefresh(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: accountKey });
}
