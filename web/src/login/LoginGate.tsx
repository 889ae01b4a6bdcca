import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Login } from "./Login.tsx";
import { useLoginNeed } from "./loginNeed.ts";

/** Shows the pages while the server answers them, and asks for the password when it wants one first. */
export function LoginGate({ children }: { children: ReactNode }) {
  const isNeeded = useLoginNeed();
  const client = useQueryClient();
  useEffect(() => {
    if (isNeeded) client.clear();
  }, [client, isNeeded]);
  return isNeeded ? <Login /> : children;
}
