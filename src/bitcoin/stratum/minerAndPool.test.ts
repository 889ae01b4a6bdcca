import { utf8ToBytes } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { Instant, Seconds } from "../../domain/index.ts";
import { difficultyOfHash } from "../difficulty.ts";
import { sha256d } from "../sha256d.ts";
import { meetsTarget } from "../target.ts";
import { blockHex, type TemplateWork } from "../templateWork.ts";
import type { Hit } from "../work.ts";
import { type ClientEvent, startClient, stepClient } from "./client/clientSession.ts";
import type { ClientEffect } from "./client/clientState.ts";
import { headerAt } from "./client/clientWork.ts";
import { type sampleBits, sampleWork } from "./sampleWork.suite.ts";
import { createExtranonceSpace } from "./server/extranonceSpace.ts";
import { type ServerEvent, startServer, stepServer, usualServerSettings } from "./server/serverSession.ts";
import type { ServerEffect } from "./server/serverState.ts";
import { freeVersionBits } from "./versionBits.ts";

/** A share takes 64 hashes. */
const easy = 64 / 2 ** 32;

interface Setting {
  readonly extranonce2Bytes: number;
  readonly versionMask: number;
  readonly plain: boolean;
  readonly bits: keyof typeof sampleBits;
  readonly transactions: number;
  /** Bytes that arrive at a time. */
  readonly chunk: number;
}

/** A miner and a pool, joined by nothing but bytes. */
function join(setting: Setting) {
  let now = Instant(1_700_000_000_000);
  const settings = {
    ...usualServerSettings,
    extranonce2Bytes: setting.extranonce2Bytes,
    versionMask: setting.versionMask,
    startDifficulty: easy,
    minDifficulty: easy,
    maxDifficulty: 16 * easy,
    shareEvery: Seconds(5),
  };
  const address = { host: "pool.example", port: 3333, user: "u", password: "x" };
  let miner = startClient({ agent: "test", plain: setting.plain, leastDifficulty: easy, ...address }, now);
  let pool = startServer(settings, { sha256d, extranonces: createExtranonceSpace(4, 9) }, now);
  const minerEffects: ClientEffect[] = [];
  const poolEffects: ServerEffect[] = [];

  const chunks = (line: string) => {
    const bytes = utf8ToBytes(line);
    const count = Math.ceil(bytes.length / setting.chunk);
    return Array.from({ length: count }, (_, i) =>
      bytes.subarray(i * setting.chunk, (i + 1) * setting.chunk),
    );
  };
  const tellMiner = (event: ClientEvent) => {
    const step = stepClient(miner, event, now);
    miner = step.state;
    minerEffects.push(...step.effects);
    for (const effect of step.effects) {
      if (effect.kind === "send") for (const bytes of chunks(effect.line)) tellPool({ kind: "bytes", bytes });
    }
  };
  const tellPool = (event: ServerEvent) => {
    const step = stepServer(pool, event, now);
    pool = step.state;
    poolEffects.push(...step.effects);
    for (const effect of step.effects) {
      if (effect.kind === "send")
        for (const bytes of chunks(effect.line)) tellMiner({ kind: "bytes", bytes });
    }
  };
  return {
    minerEffects,
    poolEffects,
    tellMiner,
    give: (work: TemplateWork, clean: boolean) => tellPool({ kind: "job", work, clean }),
    work: () => miner.work,
    wait: (seconds: number) => {
      now = Instant(now + seconds * 1000);
    },
  };
}

/** Tries the first nonces of a header. */
function search(work: ReturnType<typeof headerAt>, nonces: number): Hit[] {
  const header = work.header.slice();
  const view = new DataView(header.buffer);
  return Array.from({ length: nonces }).flatMap((_, nonce) => {
    view.setUint32(76, nonce, true);
    const hash = sha256d(header);
    return meetsTarget(hash, work.target) ? [{ work, nonce, hash }] : [];
  });
}

const settings = fc.record<Setting>({
  extranonce2Bytes: fc.constantFrom(4, 1, 8),
  versionMask: fc.constantFrom(freeVersionBits, 0, 0x0000_6000),
  plain: fc.boolean(),
  bits: fc.constantFrom("hard", "regtest"),
  transactions: fc.constantFrom(0, 1, 2, 7),
  chunk: fc.constantFrom(1, 7, 100, 4000),
});

it(
  "whatever a miner finds by hashing a pool's work, the pool takes, and blocks among it are whole",
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(settings, fc.integer({ min: 0, max: 1_000_000 }), (setting, firstIndex) => {
        const { minerEffects, poolEffects, tellMiner, give, work, wait } = join(setting);
        tellMiner({ kind: "connected" });
        give(sampleWork("a", setting.bits, setting.transactions), true);

        let found = 0;
        let best = 0;
        for (let index = firstIndex; index < firstIndex + 12; index++) {
          if (index === firstIndex + 6) give(sampleWork("b", setting.bits, setting.transactions), false);
          const current = work();
          if (!current) throw new Error("the miner has no work");
          for (const hit of search(headerAt(current, index), 128)) {
            wait(0.5);
            tellMiner({ kind: "hit", hit });
            found++;
            best = Math.max(best, difficultyOfHash(hit.hash));
          }
        }

        const shares = minerEffects.filter((effect) => effect.kind === "share");
        expect(shares.map(({ outcome, why }) => `${outcome} ${why}`)).toEqual(
          Array.from({ length: found }, () => "accepted undefined"),
        );
        expect(poolEffects.filter((effect) => effect.kind === "share")).toHaveLength(found);
        const blocks = poolEffects.filter((effect) => effect.kind === "block");
        expect(blocks.length).toBe(setting.bits === "regtest" ? found : 0);
        for (const { work, header, coinbase, hash } of blocks) {
          expect(sha256d(header)).toEqual(hash);
          expect(blockHex(work, header, coinbase).startsWith(Buffer.from(header).toString("hex"))).toBe(true);
        }
        expect(best).toBeGreaterThanOrEqual(found > 0 ? easy : 0);
      }),
      { numRuns: 40 },
    );
  },
);

it("finds some", () => {
  const { minerEffects, tellMiner, give, work } = join({
    extranonce2Bytes: 4,
    versionMask: freeVersionBits,
    plain: false,
    bits: "hard",
    transactions: 3,
    chunk: 1000,
  });
  tellMiner({ kind: "connected" });
  give(sampleWork("a", "hard"), true);
  const current = work();
  if (!current) throw new Error("the miner has no work");
  const hits = search(headerAt(current, 0), 2000);
  expect(hits.length).toBeGreaterThan(15);
  for (const hit of hits) tellMiner({ kind: "hit", hit });
  expect(
    minerEffects.filter((effect) => effect.kind === "share" && effect.outcome === "accepted"),
  ).toHaveLength(hits.length);
  // The same once more, and with a nonce that is no hit.
  const [first] = hits;
  if (!first) throw new Error("nothing was found");
  tellMiner({ kind: "hit", hit: first });
  tellMiner({ kind: "hit", hit: { ...first, nonce: first.nonce + 1 } });
  const told = minerEffects.filter((effect) => effect.kind === "share").slice(-2);
  expect(told.map(({ outcome }) => outcome)).toEqual(["duplicate", "low-difficulty"]);
});
