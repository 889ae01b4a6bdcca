/** How much can be had at once, and how long each takes to come back, s. */
export interface Rate {
  readonly burst: number;
  readonly every: number;
}

/** What was left at a time, s of whichever clock. */
export interface Bucket {
  readonly left: number;
  readonly at: number;
}

/** A bucket as it is now; full where there is none yet. */
export const refilled = (bucket: Bucket | undefined, { burst, every }: Rate, now: number): Bucket =>
  bucket
    ? { left: Math.min(burst, bucket.left + Math.max(0, now - bucket.at) / every), at: now }
    : { left: burst, at: now };

/** How long until there is one again, s; 0 when there is. */
export const missing = ({ left }: Bucket, { every }: Rate): number => Math.max(0, (1 - left) * every);
