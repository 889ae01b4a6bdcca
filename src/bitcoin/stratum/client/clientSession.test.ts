import { hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { Instant } from "../../../domain/index.ts";
import { describeTranscripts, type Player } from "../transcript.suite.ts";
import { type ClientEvent, startClient, stepClient } from "./clientSession.ts";
import { targetOfDifficulty } from "../../difficulty.ts";
import { encodeTarget } from "../../target.ts";
import type { ClientEffect, ClientSettings } from "./clientState.ts";

const usual: ClientSettings = {
  agent: "hearthwork/0.1.0",
  user: "hearth.kitchen",
  password: "x",
  host: "pool.example",
  port: 3333,
};

/** Happenings: `dial` (with a settings' key and value), `connected`, `hit SERIAL:INDEX NONCE`, `tick`, `raw HEX`, `lost WHY`. */
describeTranscripts("client", (now): Player => {
  let state = startClient(usual, now);
  const take = (event: ClientEvent, now: Instant) => {
    const step = stepClient(state, event, now);
    state = step.state;
    return step.effects.map(tell);
  };
  return {
    hear: (line, now) => take({ kind: "bytes", bytes: utf8ToBytes(`${line}\n`) }, now),
    happen([what = "", first = "", second = ""], now) {
      switch (what) {
        case "dial":
          state = startClient({ ...usual, [first]: JSON.parse(second) as unknown }, now);
          return [];
        case "raw":
          return take({ kind: "bytes", bytes: hexToBytes(first) }, now);
        case "hit": {
          const work = { id: first, header: new Uint8Array(80), target: new Uint8Array(32) };
          const hit = { work, nonce: Number.parseInt(second, 16), hash: new Uint8Array(32) };
          return take({ kind: "hit", hit }, now);
        }
        case "lost":
          return take({ kind: "disconnected", why: "it closed the connection" }, now);
        case "connected":
        case "tick":
          return take({ kind: what }, now);
        default:
          throw new Error(`no client hears of "${what}"`);
      }
    },
  };
});

function tell(effect: ClientEffect): string {
  switch (effect.kind) {
    case "send":
      return `> ${effect.line.slice(0, -1)}`;
    case "work": {
      const { serial, job, difficulty, versionMask, extranonce } = effect.work;
      const mask = versionMask.toString(16).padStart(8, "0");
      const space = `${Buffer.from(extranonce.extranonce1).toString("hex")}+${extranonce.extranonce2Bytes}`;
      return `* work ${serial}: job ${job.id}, difficulty ${difficulty}, extranonce ${space}, mask ${mask}`;
    }
    case "share":
      return `* share ${effect.outcome}, difficulty ${effect.difficulty}${effect.why === undefined ? "" : `: ${effect.why}`}`;
    case "notice":
      return `* notice: ${effect.message}`;
    case "close":
      return `* close: ${effect.why}; then ${JSON.stringify(effect.next)}`;
    default:
      return `* ${effect.kind}`;
  }
}

describe("a client", () => {
  it("seeks no easier shares than it can hand in, however easy the pool makes them", () => {
    const now = Instant(0);
    const notify = `["1","${"00".repeat(32)}","00","00",[],"20000000","1d00ffff","4966bc61",true]`;
    const told = [
      '{"id":1,"result":[[],"00",4],"error":null}',
      '{"id":null,"method":"mining.set_difficulty","params":[1e-9]}',
      `{"id":null,"method":"mining.notify","params":${notify}}`,
    ];
    const dial = (leastDifficulty: object) => {
      const { state } = stepClient(
        startClient({ ...usual, plain: true, ...leastDifficulty }, now),
        { kind: "connected" },
        now,
      );
      const bytes = utf8ToBytes(told.map((line) => `${line}\n`).join(""));
      return stepClient(state, { kind: "bytes", bytes }, now).state.work;
    };
    expect(dial({})).toMatchObject({ difficulty: 1e-9, target: encodeTarget(targetOfDifficulty(1e-5)) });
    expect(dial({ leastDifficulty: 1e-9 })?.target).toEqual(encodeTarget(targetOfDifficulty(1e-9)));
  });

  it("reads on over lines that come in pieces, but not over an endless one", () => {
    const now = Instant(0);
    let { state } = stepClient(startClient(usual, now), { kind: "connected" }, now);
    const say = (text: string) => {
      const step = stepClient(state, { kind: "bytes", bytes: utf8ToBytes(text) }, now);
      state = step.state;
      return step.effects.map(tell);
    };
    expect(say('{"id":null,"method":"client.show_message","par')).toEqual([]);
    expect(say('ams":["hello"]}\n')).toEqual(["* notice: hello"]);
    expect(say("x".repeat(16_384))).toEqual([]);
    expect(say("x")).toEqual([
      expect.stringContaining("* close: the pool sent a line of more than 16384 bytes"),
    ]);
  });

  it("hands in only so many shares without a verdict", () => {
    const now = Instant(0);
    const granted = [
      '{"id":1,"result":[[],"00",4],"error":null}',
      '{"id":2,"result":true,"error":null}',
      `{"id":null,"method":"mining.notify","params":["1","${"00".repeat(32)}","00","00",[],"20000000","1d00ffff","4966bc61",true]}`,
    ];
    let { state } = stepClient(startClient({ ...usual, plain: true }, now), { kind: "connected" }, now);
    const bytes = utf8ToBytes(granted.map((line) => `${line}\n`).join(""));
    ({ state } = stepClient(state, { kind: "bytes", bytes }, now));
    const told = Array.from({ length: 600 }, (_, nonce) => {
      const work = { id: "1:0", header: new Uint8Array(80), target: new Uint8Array(32) };
      const step = stepClient(state, { kind: "hit", hit: { work, nonce, hash: new Uint8Array(32) } }, now);
      state = step.state;
      return step.effects[0]?.kind;
    });
    expect(state.waiting.size).toBe(512);
    expect(told.filter((kind) => kind === "share").length).toBe(600 - 511);
  });

  it("says nothing more once it has closed", () => {
    const now = Instant(0);
    const closed = stepClient(startClient(usual, now), { kind: "disconnected", why: "test" }, now).state;
    for (const event of [{ kind: "connected" }, { kind: "tick" }] as const) {
      expect(stepClient(closed, event, Instant(1e9)).effects).toEqual([]);
    }
  });
});
