/** What a pool gives its miners to work on: all of a block but extranonces, time, version bits and nonce. */
export interface StratumJob {
  readonly id: string;
  /** 32 bytes in hashing order. */
  readonly previousHash: Uint8Array;
  /** The coinbase before and after the extranonces. */
  readonly coinbase1: Uint8Array;
  readonly coinbase2: Uint8Array;
  readonly merkleBranch: readonly Uint8Array[];
  /** Unsigned. */
  readonly version: number;
  /** The network's compact target. */
  readonly bits: number;
  /** Epoch seconds. */
  readonly time: number;
}
