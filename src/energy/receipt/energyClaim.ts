import type { Provenance } from "../../domain/index.ts";

/** Where heat goes. */
export const sinkKinds = ["room", "tank", "pool", "buffer", "loop", "chiller", "outside"] as const;

/** How it is known what a task drew: each is weaker than the one before. */
export const claimMethods = ["meter", "device", "rapl", "declared-power"] as const;

/** Energies in J with three decimals at most, so that their sums are exact. */
export interface EnergyClaim {
  readonly method: (typeof claimMethods)[number];
  readonly energy: Readonly<Record<Provenance, number>>;
  readonly heat: readonly SinkHeat[];
  /** What was drawn within a boundary for this work, J: what computed, and what that took beside it. */
  readonly boundary: { readonly name: string; readonly joules: number };
  /** Null where nobody knows what the grid emits. */
  readonly carbon: CarbonBasis | null;
}

export interface SinkHeat {
  readonly sink: string;
  readonly kind: (typeof sinkKinds)[number];
  /** J, and of it what was wanted there. */
  readonly joules: number;
  readonly usefulJoules: number;
}

/** What a kWh emits, g CO₂e. */
export interface CarbonBasis {
  readonly gridGramsPerKwh: number;
  /** One more of them. */
  readonly marginalGramsPerKwh: number;
  /** What would have given the heat otherwise, by name, for a kWh of heat; null: there is no useful heat. */
  readonly instead: {
    readonly name: string;
    readonly gramsPerKwh: number;
    readonly marginalGramsPerKwh: number;
  } | null;
  /** Where the work would have run otherwise, on evidence; null: nowhere. */
  readonly elsewhere: { readonly gramsPerKwh: number; readonly pue: number } | null;
}

/** Tells what tasks draw, and where that goes. A hearth's tells the shares of its meters and the heat by sink. */
export interface TaskMeter {
  /** A task begins. What it gives is called once, when the task has ended in whatever way. */
  begin(): (ran: {
    readonly seconds: number;
    readonly cpuSeconds: number;
    /** The heater that it ran on, where its runner tells. */
    readonly place?: string | undefined;
    /** Its part of what that heater was measured to draw, where it was, J. */
    readonly drawn?:
      | { readonly joules: number; readonly provenance: Exclude<Provenance, "estimated"> }
      | undefined;
  }) => EnergyClaim;
}

/** J as claims have them. */
export const claimedJoules = (joules: number): number => Math.round(joules * 1000) / 1000;
