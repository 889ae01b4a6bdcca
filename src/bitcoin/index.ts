export * from "./address.ts";
export * from "./blockTemplate.ts";
export * from "./coinbase.ts";
export * from "./createSha256d.ts";
export * from "./difficulty.ts";
export * from "./hash.ts";
export * from "./header.ts";
export type { KernelForm } from "./kernel/emitKernel.ts";
export * from "./kernel/kernel.ts";
export * from "./kernel/verifyKernel.ts";
export * from "./merkle.ts";
export * from "./revenue.ts";
export * from "./sha256d.ts";
export * from "./stratum/client/clientSession.ts";
export type {
  ClientEffect,
  ClientNext,
  ClientSettings,
  ClientState,
  ShareOutcome,
} from "./stratum/client/clientState.ts";
export * from "./stratum/client/clientWork.ts";
export * from "./stratum/failover.ts";
export * from "./stratum/server/extranonceSpace.ts";
export * from "./stratum/server/serverSession.ts";
export type { ServedShare, ServerEffect, ServerParts, ServerSettings } from "./stratum/server/serverState.ts";
export * from "./stratum/poolMessage.ts";
export * from "./stratum/stratumJob.ts";
export * from "./stratum/versionBits.ts";
export * from "./target.ts";
export * from "./templateWork.ts";
export * from "./witness.ts";
export * from "./work.ts";
