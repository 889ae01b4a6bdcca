/** How a provider of the study behaves. */
export interface Character {
  readonly name: string;
  /** Of its results that are wrong though it means well. */
  readonly faultRate: number;
  /** Of its results that it makes up, once it is believed. */
  readonly cheatRate: number;
  /** Right results in a row after which it begins to cheat. */
  readonly patience: number;
  /** All of its kind make up the same. */
  readonly colludes: boolean;
}

const good = { faultRate: 1e-4, cheatRate: 0, patience: 0, colludes: false };

export const honest: Character = { ...good, name: "honest" };

/** Who is among the honest, one kind at a time. */
export const cast: readonly Character[] = [
  honest,
  { ...good, name: "faulty", faultRate: 0.03 },
  { ...good, name: "lazy", cheatRate: 1 },
  { ...good, name: "strategic, a tenth", cheatRate: 0.1, patience: 20 },
  { ...good, name: "strategic, all", cheatRate: 1, patience: 20 },
  { ...good, name: "patient, a tenth", cheatRate: 0.1, patience: 50 },
  { ...good, name: "colluding, a tenth", cheatRate: 0.1, patience: 20, colludes: true },
];
