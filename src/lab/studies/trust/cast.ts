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
  /** The goal is meant for it: it cheats on purpose and alone. */
  readonly isStrategic: boolean;
}

const good = { faultRate: 1e-4, cheatRate: 0, patience: 0, colludes: false, isStrategic: false };
const strategic = { ...good, isStrategic: true };

export const honest: Character = { ...good, name: "honest" };

/** Who is among the honest, one kind at a time. */
export const cast: readonly Character[] = [
  honest,
  { ...good, name: "faulty, 3 %", faultRate: 0.03 },
  { ...strategic, name: "lies at once, all", cheatRate: 1 },
  { ...strategic, name: "lies at once, a tenth", cheatRate: 0.1 },
  { ...strategic, name: "after 20, all", cheatRate: 1, patience: 20 },
  { ...strategic, name: "after 20, a tenth", cheatRate: 0.1, patience: 20 },
  { ...strategic, name: "after 50, all", cheatRate: 1, patience: 50 },
  { ...strategic, name: "after 50, a tenth", cheatRate: 0.1, patience: 50 },
  { ...strategic, name: "after 20, 1 in 50", cheatRate: 0.02, patience: 20 },
  { ...strategic, name: "after 20, 1 in 200", cheatRate: 0.005, patience: 20 },
  { ...strategic, name: "after 20, 1 in 1000", cheatRate: 0.001, patience: 20 },
  { ...good, name: "colluding, all", cheatRate: 1, patience: 20, colludes: true },
  { ...good, name: "colluding, a tenth", cheatRate: 0.1, patience: 20, colludes: true },
];
