import { useSyncExternalStore } from "react";

let isNeeded = false;
const listeners = new Set<() => void>();

/** Tells the page that the server wants a login before it answers, or that it has had one. */
export function tellLoginNeed(needed: boolean): void {
  if (needed === isNeeded) return;
  isNeeded = needed;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useLoginNeed = (): boolean => useSyncExternalStore(subscribe, () => isNeeded);
