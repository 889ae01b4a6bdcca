/** One header to hash over all its nonces. */
export interface HeaderWork {
  /** Names the work to whoever gave it out. */
  readonly id: string;
  /** 80 bytes as they are hashed, the nonce zero. */
  readonly header: Uint8Array;
  /** 32 bytes, little-endian as the hash is: a hit's hash is at most this. */
  readonly target: Uint8Array;
}

/** A nonce whose hash was recomputed in full and met the work's target. */
export interface Hit {
  readonly work: HeaderWork;
  readonly nonce: number;
  /** 32 bytes, little-endian. */
  readonly hash: Uint8Array;
}
