import type { HeaterConfig } from "./controlConfig.ts";

/** It heats and computes nothing: it comes on when heaters do not suffice, or where a plan says so. */
export const isBackup = ({ traits: { steps } }: Pick<HeaterConfig, "traits">): boolean =>
  steps.mining === undefined && steps.heating !== undefined;
