import { HearthworkError } from "../../domain/index.ts";

const refusals = new Set([
  "device/failed",
  "device/refused",
  "device/not-allowed",
  "plug/not-applied",
  "plug/not-armed",
]);

/** The words of a plug that answered and did not do as it was told; undefined when something else went wrong. */
export function refusalIn(thrown: unknown): string | undefined {
  return thrown instanceof HearthworkError && refusals.has(thrown.code) ? thrown.message : undefined;
}
