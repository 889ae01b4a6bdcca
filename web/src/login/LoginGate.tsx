import { useQueryClient } from "@tanstack/react-query";
import { type ComponentType, type ReactNode, useEffect } from "react";
import { useLoginNeed } from "./loginNeed.ts";

interface LoginGateProps {
  readonly Entrance: ComponentType;
  readonly children: ReactNode;
}

/** Shows the pages while the server answers them, and what asks who comes when it wants to know that first. */
export function LoginGate({ Entrance, children }: LoginGateProps) {
  const isNeeded = useLoginNeed();
  const client = useQueryClient();
  useEffect(() => {
    if (isNeeded) client.clear();
  }, [client, isNeeded]);
  return isNeeded ? <Entrance /> : children;
}
