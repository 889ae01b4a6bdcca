import { HearthworkError } from "../domain/index.ts";

export interface PoolHost {
  readonly host: string;
  readonly port: number;
}

const usualPort = 3333;

/**
 * Where a pool's URL leads: `stratum+tcp://host:port`; `tcp://`, or no scheme at all, means the same, and the port
 * is 3333 unless given.
 * @throws {HearthworkError} `mining/bad-pool-url` with what is allowed.
 */
export function parsePoolUrl(text: string): PoolHost {
  const match =
    /^(?:(?:stratum\+)?tcp:\/\/)?(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9](?:[a-z0-9._-]{0,252})))(?::(\d{1,5}))?\/?$/i.exec(
      text,
    );
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3] ?? usualPort);
  if (host !== undefined && port >= 1 && port <= 65_535) return { host, port };
  throw new HearthworkError({
    code: "mining/bad-pool-url",
    message: `"${text.slice(0, 100)}" is no address of a pool; give it like stratum+tcp://192.168.1.10:3333 (Stratum V1, not encrypted)`,
  });
}
