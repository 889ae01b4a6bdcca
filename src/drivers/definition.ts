import type { z } from "zod";
import type { Clock, Random, SiteEvent } from "../domain/index.ts";
import type { HeaterDriver, HeaterTraits, SensorDriver } from "../heat/index.ts";
import type { TaskRunner } from "../jobs/index.ts";
import type { Miner, MinerEvent, PoolAddress } from "../mining/index.ts";
import type { TaskHost } from "./taskPlaces.ts";
import type { Credentials } from "./credentials.ts";
import type { Brokers } from "./transports/brokers.ts";

/** Something that happened to a device; the hearth adds when and to which. */
export type DriverEvent = Pick<SiteEvent, "level" | "code" | "message">;

export interface MinerOrder {
  readonly pools: readonly PoolAddress[];
  readonly threads: number;
  onEvent(event: MinerEvent): void;
}

/** What the hearth lends to each driver that it opens. */
export interface DriverContext {
  readonly clock: Clock;
  readonly random: Random;
  onEvent(event: DriverEvent): void;
  /** MQTT connections, one for all devices of a broker. */
  readonly brokers: Brokers;
  /**
   * An entry of the credentials file by its name; ask at each login, since the owner may change it meanwhile.
   * `credentialsNamed` says what to do about one that is missing.
   */
  secret(name: string): Credentials | undefined;
  /** Runs tasks of an exchange on this computer, each apart from the rest of it; without it none are run. */
  readonly taskRunner?: TaskRunner;
  /** Starts mining on this computer's threads at duty 0. Does not wait for a pool to answer. */
  startMiner(order: MinerOrder): Promise<Miner>;
}

/** A kind of device. `Config` is what its schema gives; `open` is called with nothing else. */
export interface DriverDefinition<Driver, Config = unknown> {
  /** As in hearth.yaml: `driver: NAME`. */
  readonly name: string;
  /** One line for lists. */
  readonly summary: string;
  readonly config: z.ZodType<Config>;
  /** Does not wait for the device to answer: that is told by its readings and by its trouble. */
  open(config: Config, context: DriverContext): Promise<Driver>;
}

/** A heater that can run tasks of an exchange: those that its setpoint `job` leaves places for. */
export interface ComputingDriver extends HeaterDriver {
  readonly tasks?: TaskHost | undefined;
}

/** Why a heater must not be run, as far as its settings tell. */
export interface Refusal {
  readonly code: "driver/unsafe" | "plug/too-weak";
  /** The key of its entry that would mend it. */
  readonly path: readonly string[];
  readonly message: string;
}

export interface HeaterDefinition<Config = unknown> extends DriverDefinition<ComputingDriver, Config> {
  /** What its settings make of it, without touching it; once open it says the same of its power and its safety. */
  traits(config: Config): HeaterTraits;
  /** Why one with these settings is not opened, without touching it; empty, or left out, when it may be. */
  refusals?(config: Config): readonly Refusal[];
  /** Nobody can speak to it: the word of its plug is all there is. */
  readonly mute?: true;
}
export type SensorDefinition<Config = unknown> = DriverDefinition<SensorDriver, Config>;

/** Definitions by their names, without any name of Object's own. */
export function driverTable<Definition extends { readonly name: string }>(
  definitions: readonly Definition[],
): Readonly<Record<string, Definition>> {
  const table: Record<string, Definition> = Object.create(null) as Record<string, Definition>;
  for (const definition of definitions) table[definition.name] = definition;
  return Object.freeze(table);
}
