import { type Miner, startHasher } from "../../../mining/index.ts";

/** Real threads with work that has no solution, and so needs no pool. */
export function hashingMiner(threads: number): Miner {
  const hasher = startHasher({
    threads,
    onHit: () => {},
    onFault: (fault) => {
      throw fault;
    },
    onRecovered: () => {},
  });
  let headers = 0;
  hasher.setSource(() => {
    const header = new Uint8Array(80);
    new DataView(header.buffer).setUint32(68, headers++, true);
    return { id: String(headers), header, target: new Uint8Array(32) };
  });
  return {
    setDuty: (duty) => hasher.setDuty(duty),
    close: () => hasher.close(),
    stats: () => ({
      ...hasher.stats(),
      pool: "stratum+tcp://none",
      connected: true,
      difficulty: undefined,
      accepted: 0,
      rejected: 0,
      stale: 0,
      bestShare: 0,
      networkDifficulty: undefined,
      trouble: undefined,
    }),
  };
}
