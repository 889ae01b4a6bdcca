import { HearthworkError } from "../domain/index.ts";

/** @throws {HearthworkError} `api/not-found`, which names what there is. */
export function requireKnown<T extends { readonly id: string }>(
  known: readonly T[],
  id: string,
  noun: string,
): T {
  const found = known.find((one) => one.id === id);
  if (found) return found;
  const names = known.map((one) => one.id).join(", ");
  throw new HearthworkError({
    code: "api/not-found",
    message: `There is no ${noun} "${id}"; there ${known.length === 1 ? "is" : "are"} ${names}`,
    data: { id },
  });
}
