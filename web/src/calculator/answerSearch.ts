/** What a home is asked for, as the address calls it. */
export const answerKeys = [
  "climate",
  "area",
  "insulation",
  "warm",
  "people",
  "currency",
  "price",
  "instead",
  "fuelPrice",
  "watts",
  "joules",
  "hashprice",
  "jobs",
  "grid",
  "pool",
  "cooling",
] as const;
export type AnswerKey = (typeof answerKeys)[number];

/** Answers as an address says them: what differs from what is usual. */
export type AnswerSearch = Readonly<Partial<Record<AnswerKey, string | number>>>;

const longest = 40;

/** Reads an address for the router: text and numbers of known keys stay, whatever they say. */
export const answerSearch = (search: Readonly<Record<string, unknown>>): AnswerSearch =>
  Object.fromEntries(
    answerKeys
      .map((key) => [key, search[key]] as const)
      .filter((entry): entry is readonly [AnswerKey, string | number] =>
        ["string", "number"].includes(typeof entry[1]),
      )
      .map(([key, value]) => [key, typeof value === "string" ? value.slice(0, longest) : value]),
  );
