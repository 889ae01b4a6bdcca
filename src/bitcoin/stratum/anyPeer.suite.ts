import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Instant } from "../../domain/index.ts";
import { sha256d } from "../sha256d.ts";
import { startClient, stepClient } from "./client/clientSession.ts";
import { type ClientState } from "./client/clientState.ts";
import { headerAt } from "./client/clientWork.ts";
import { sampleWork } from "./sampleWork.suite.ts";
import { createExtranonceSpace } from "./server/extranonceSpace.ts";
import { startServer, stepServer, usualServerSettings } from "./server/serverSession.ts";
import { type ServerState } from "./server/serverState.ts";

const golden = fileURLToPath(new URL("golden/", import.meta.url));
const real = globSync(["client/*.txt", "server/*.txt"], { cwd: golden })
  .flatMap((file) => readFileSync(golden + file, "utf8").split("\n"))
  .filter((line) => /^[<>] \{/.test(line))
  .map((line) => line.slice(2));

const methods = real.flatMap((line) => /"method":"([^"]*)"/.exec(line)?.[1] ?? []);

/** A line that someone once said, with a few of its characters replaced. */
const damagedLine = fc
  .tuple(
    fc.constantFrom(...real),
    fc.array(fc.tuple(fc.nat(4000), fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 4 }),
  )
  .map(([line, cuts]) =>
    cuts.reduce((text, [at, put]) => {
      const place = at % text.length;
      return text.slice(0, place) + put + text.slice(place + 1) || "{}";
    }, line),
  );
/** A line of a known kind with one value replaced by another. */
const strangeLine = fc
  .tuple(fc.constantFrom(...real), fc.nat(10), fc.jsonValue({ depthSize: "small" }))
  .map(([line, place, value]) => {
    const message = JSON.parse(line) as { params?: unknown[]; result?: unknown };
    if (message.params) message.params[place % (message.params.length + 1)] = value;
    else if (place % 2 === 0) message.result = value;
    else Object.assign(message, { error: value });
    return JSON.stringify(message);
  });
const madeUpLine = fc
  .record({
    id: fc.oneof(fc.constantFrom(null, 1, 2, 3, 4), fc.jsonValue()),
    method: fc.oneof(fc.constantFrom(...methods), fc.string()),
    params: fc.oneof(fc.array(fc.jsonValue(), { maxLength: 9 }), fc.jsonValue()),
  })
  .map((message) => JSON.stringify(message));

const anyBytes = fc.oneof(
  { arbitrary: damagedLine.map((line) => utf8ToBytes(`${line}\n`)), weight: 4 },
  { arbitrary: strangeLine.map((line) => utf8ToBytes(`${line}\n`)), weight: 4 },
  { arbitrary: madeUpLine.map((line) => utf8ToBytes(`${line}\n`)), weight: 3 },
  { arbitrary: fc.uint8Array({ maxLength: 300 }), weight: 1 },
  {
    arbitrary: fc.integer({ min: 4000, max: 20_000 }).map((length) => new Uint8Array(length).fill(0x5b)),
    weight: 1,
  },
);

const now = Instant(1_700_000_000_000);
const lines = (...texts: readonly string[]) => utf8ToBytes(texts.map((text) => `${text}\n`).join(""));
const depths = [0, 1, 2] as const;

/** A client that has only connected, or has been granted all, or has work and a share under way. */
function clientAt(depth: (typeof depths)[number]): ClientState {
  const settings = { agent: "a", user: "u", password: "x", host: "h", port: 1 };
  let { state } = stepClient(startClient(settings, now), { kind: "connected" }, now);
  if (depth === 0) return state;
  const granted = lines(
    '{"id":1,"result":{"version-rolling":true,"version-rolling.mask":"1fffe000"},"error":null}',
    '{"id":2,"result":[[["mining.notify","s1"]],"08000002",4],"error":null}',
    '{"id":3,"result":true,"error":null}',
  );
  ({ state } = stepClient(state, { kind: "bytes", bytes: granted }, now));
  if (depth === 1) return state;
  const notify = lines(
    `{"id":null,"method":"mining.notify","params":["1","${"00".repeat(32)}","00","00",[],"20000000","1d00ffff","4966bc61",true]}`,
  );
  ({ state } = stepClient(state, { kind: "bytes", bytes: notify }, now));
  if (!state.work) throw new Error("the client has no work");
  const hit = { work: headerAt(state.work, 0), nonce: 1, hash: new Uint8Array(32) };
  return stepClient(state, { kind: "hit", hit }, now).state;
}

/** A server whose peer has only connected, or has introduced itself, or has work. */
function serverAt(depth: (typeof depths)[number]): ServerState {
  const parts = { sha256d, extranonces: createExtranonceSpace(4, 0x10) };
  const settings = { ...usualServerSettings, startDifficulty: 1e-12, minDifficulty: 1e-12 };
  let state = startServer(settings, parts, now);
  if (depth > 0) {
    const introduced = lines(
      '{"id":1,"method":"mining.configure","params":[["version-rolling"],{}]}',
      '{"id":2,"method":"mining.subscribe","params":["x"]}',
      '{"id":3,"method":"mining.authorize","params":["cellar.s9","x"]}',
    );
    ({ state } = stepServer(state, { kind: "bytes", bytes: introduced }, now));
  }
  if (depth > 1)
    ({ state } = stepServer(state, { kind: "job", work: sampleWork("hard", "hard"), clean: true }, now));
  return state;
}

interface Told {
  readonly kind: string;
  readonly line?: string;
  readonly why?: string | undefined;
  readonly message?: string;
}

/** What we say is Stratum again, and what we tell people is short and fit to be shown. */
function checkEffects(effects: readonly Told[], mostBytes: number): void {
  for (const { kind, line, why = "", message = "" } of effects) {
    if (kind === "send") {
      if (line?.at(-1) !== "\n" || line.indexOf("\n") !== line.length - 1 || line.length > mostBytes) {
        throw new Error(`not a line: ${JSON.stringify(line)}`);
      }
      JSON.parse(line);
    }
    if (`${why}${message}`.length > 500 || /\p{Cc}/u.test(why + message)) {
      throw new Error(`not fit to be shown: ${JSON.stringify(why + message)}`);
    }
  }
  const closes = effects.findIndex(({ kind }) => kind === "close");
  if (closes >= 0 && closes < effects.length - 1) throw new Error("something came after the close");
}

/** Whatever a peer sends: the session answers or closes, throws nothing, and does not grow. */
export function describeAnyPeer(inputs: number): void {
  const talk = fc.tuple(fc.constantFrom(...depths), fc.array(anyBytes, { minLength: 1, maxLength: 3 }));

  describe("any peer", () => {
    it(`as a pool (${inputs} pieces)`, { timeout: 3_600_000 }, () => {
      const begun = depths.map(clientAt);
      const seen = new Set<string>();
      fc.assert(
        fc.property(talk, ([depth, pieces]) => {
          let state = begun[depth] ?? clientAt(depth);
          for (const bytes of pieces) {
            const step = stepClient(state, { kind: "bytes", bytes }, now);
            checkEffects(step.effects, 2048);
            for (const { kind } of step.effects) seen.add(kind);
            state = step.state;
          }
          const { rest, waiting, recent, work } = state;
          if (rest.length > 16_384 || waiting.size > 512 || recent.length > 16) throw new Error("it grows");
          if (work) headerAt(work, 1);
        }),
        { numRuns: inputs },
      );
      expect([...seen]).toEqual(expect.arrayContaining(["send", "close", "work", "share", "notice"]));
    });

    it(`as a miner (${inputs} pieces)`, { timeout: 3_600_000 }, () => {
      const seen = new Set<string>();
      fc.assert(
        fc.property(talk, ([depth, pieces]) => {
          let state = serverAt(depth);
          for (const bytes of pieces) {
            const step = stepServer(state, { kind: "bytes", bytes }, now);
            checkEffects(step.effects, 16_384);
            for (const effect of step.effects)
              seen.add(effect.kind === "share" ? effect.outcome : effect.kind);
            state = step.state;
          }
          const { rest, users, jobs, agent = "" } = state;
          if (rest.length > 4096 || users.length > 64 || jobs.byId.size > 8) throw new Error("it grows");
          if (/\p{Cc}/u.test(agent + users.join("")) || agent.length > 64)
            throw new Error("not fit to be shown");
        }),
        { numRuns: inputs },
      );
      expect([...seen]).toEqual(
        expect.arrayContaining(["send", "close", "authorized", "accepted", "invalid"]),
      );
    });
  });
}
