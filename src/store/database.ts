import type { Generated, Kysely } from "kysely";
import type { HearthworkError } from "../domain/index.ts";
import type { Prepared } from "./prepared.ts";

export interface Tables {
  schema_version: { version: number };
  source: { id: Generated<number>; series: string; provenance: string };
  tick: { id: Generated<number>; at: number; sources: number[]; times: number[]; readings: number[] };
  chunk: { hour: number; source: number; count: number; steps: number[]; readings: number[] };
  mean: {
    step: number;
    period: number;
    source: number;
    slots: number[];
    means: number[];
    covered: number[];
  };
  horizon: { resolution: string; since: number };
  controller_state: { slot: number; at: number; state: string };
  memo: { name: string; content: string };
  event: {
    id: Generated<number>;
    at: number;
    level: string;
    code: string;
    subject: string;
    message: string;
  };
  decision: {
    id: Generated<number>;
    at: number;
    heater: string;
    setpoint_watts: number;
    workload: string;
    reason: string;
  };
}

export interface Database<Schema = Tables> {
  /** Writes; at a server that has one writer, its one connection is the one that holds the writer's lock. */
  readonly db: Kysely<Schema>;
  /** Reads beside it. */
  readonly reader: Kysely<Schema>;
  /**
   * For what is done again and again on few rows: where several programs write, its statements are planned once, and
   * join in the order in which they are written.
   */
  readonly prepared: Prepared;
  /** What to call it in messages. */
  readonly name: string;
  readonly embedded: boolean;
  /** Resolves when another hearth writes here from now on: `store/in-use`. */
  readonly lost: Promise<HearthworkError>;
  close(): Promise<void>;
}
