import type { Provider } from "../api.ts";

type Standing = Pick<
  Provider,
  "isRevoked" | "isVouched" | "streak" | "wrong" | "checkShare" | "probationLeft" | "strikesLeft"
>;

const results = (number: number) => `${number} ${number === 1 ? "result" : "results"}`;

/** How far a provider is believed, and why, in sentences. */
export function trustSentences(standing: Standing): string[] {
  const { isRevoked, isVouched, streak, wrong, checkShare, probationLeft, strikesLeft } = standing;
  if (isRevoked) {
    return [
      strikesLeft === 0 && !isVouched
        ? `It was banned after ${results(wrong)} that others found wrong, and its key is let in no more.`
        : "Its key was revoked and is let in no more.",
    ];
  }
  if (isVouched) return ["The operator answers for it: nothing of it is checked."];
  const past = `${results(streak)} in a row ${streak === 1 ? "was" : "were"} found right by other machines`;
  return [
    probationLeft > 0
      ? `${past}. It is on probation: another machine does each of its tasks too, until ${results(probationLeft)} more ${probationLeft === 1 ? "is" : "are"} right.`
      : `${past}. About ${Math.round(checkShare * 100)} in 100 of its results are checked, drawn when they are in.`,
    wrong === 0
      ? "None was found wrong."
      : `${results(wrong)} ${wrong === 1 ? "was" : "were"} found wrong; with ${strikesLeft} more it is banned.`,
  ];
}

/** A day's time connected as a share of the part of it that has gone by since the provider joined, 0 … 1. */
export function uptimeOf(
  { from, connectedSeconds }: Pick<Provider["days"][number], "from" | "connectedSeconds">,
  joinedAt: string,
  now: number,
): number {
  const begin = Date.parse(from);
  const end = Math.min(now, begin + 86_400_000);
  const gone = (end - Math.max(begin, Date.parse(joinedAt))) / 1000;
  return Math.min(1, connectedSeconds / Math.max(60, gone));
}
