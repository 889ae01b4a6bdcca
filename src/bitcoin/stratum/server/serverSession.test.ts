import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { Instant, plus, Seconds } from "../../../domain/index.ts";
import { displayHash } from "../../hash.ts";
import { sha256d } from "../../sha256d.ts";
import { blockHex, type TemplateWork } from "../../templateWork.ts";
import { sampleWork } from "../sampleWork.suite.ts";
import { describeTranscripts, type Player } from "../transcript.suite.ts";
import { block1 } from "./block1.suite.ts";
import { createExtranonceSpace } from "./extranonceSpace.ts";
import { mostAccepted } from "./judgeShare.ts";
import { type ServerEvent, startServer, stepServer, usualServerSettings } from "./serverSession.ts";
import type { ServerEffect, ServerSettings, ServerState } from "./serverState.ts";

const works: Readonly<Record<string, TemplateWork>> = {
  block1,
  hard: sampleWork("hard", "hard"),
  next: sampleWork("next", "hard"),
  regtest: sampleWork("regtest", "regtest"),
};

/** Every hash meets it. */
const trifle = 1e-12;
const settings: ServerSettings = {
  ...usualServerSettings,
  startDifficulty: trifle,
  minDifficulty: trifle,
};

/**
 * Happenings: `open` (with the bytes of an extranonce1 to begin with, or a settings' key and value), `job NAME more|clean`,
 * `mine COUNT SECONDS` (valid shares for the newest job, evenly spaced; only what is remarkable is told), `raw HEX`,
 * `repeat COUNT LINE` (told once), `tick`, `gone`.
 */
describeTranscripts("server", (now): Player => {
  let extranonces = createExtranonceSpace(4, 0x10);
  let state = startServer(settings, { sha256d, extranonces }, now);
  let nonce = 0;
  const take = (event: ServerEvent, now: Instant) => {
    const step = stepServer(state, event, now);
    state = step.state;
    return step.effects.map(tell);
  };
  const hear = (line: string, now: Instant) => take({ kind: "bytes", bytes: utf8ToBytes(`${line}\n`) }, now);
  const mine = (count: number, seconds: number, now: Instant) =>
    Array.from({ length: count }).flatMap((_, i) => {
      const line = nextShare(state, nonce++);
      const told = hear(line, plus(now, Seconds((seconds * (i + 1)) / count)));
      return told.filter((line) => !/"result":true|share accepted/.test(line));
    });
  return {
    hear,
    happen([what = "", first = "", second = "", ...more], now) {
      const work = works[first];
      if (what === "open") {
        const changed = second === "" ? {} : { [first]: JSON.parse(second) as unknown };
        if (first !== "" && second === "")
          extranonces = createExtranonceSpace(first.length / 2, Number.parseInt(first, 16));
        state = startServer({ ...settings, ...changed }, { sha256d, extranonces }, now);
        return [];
      }
      if (what === "job" && work) return take({ kind: "job", work, clean: second === "clean" }, now);
      if (what === "mine") return mine(Number(first), Number(second), now);
      if (what === "raw") return take({ kind: "bytes", bytes: hexToBytes(first) }, now);
      if (what === "repeat") {
        const line = [second, ...more].join(" ");
        return Array.from({ length: Number(first) })
          .flatMap(() => hear(line, now))
          .filter(isNew());
      }
      if (what === "tick") return take({ kind: "tick" }, now);
      if (what === "gone") return take({ kind: "closed" }, now);
      throw new Error(`no server hears of "${what} ${first}"`);
    },
  };
});

function isNew(): (line: string) => boolean {
  const told = new Set<string>();
  return (line) => !told.has(line) && told.add(line) !== undefined;
}

function nextShare(state: ServerState, nonce: number): string {
  const job = [...state.jobs.byId.values()].at(-1);
  if (!job) throw new Error("there is no job to mine");
  const time = job.work.time.toString(16).padStart(8, "0");
  const params = [state.users[0], job.id, "00000000", time, nonce.toString(16).padStart(8, "0")];
  return JSON.stringify({ id: nonce, method: "mining.submit", params });
}

function tell(effect: ServerEffect): string {
  switch (effect.kind) {
    case "send":
      return `< ${effect.line.slice(0, -1)}`;
    case "authorized":
      return `* authorized ${effect.user}`;
    case "difficulty":
      return `* difficulty ${effect.difficulty}`;
    case "share":
      return `* share ${effect.outcome} of ${effect.user}, difficulty ${effect.difficulty}`;
    case "block": {
      const { work, header, coinbase, user, hash } = effect;
      return `* block ${displayHash(hash)} of ${user} at height ${work.height}: ${blockHex(work, header, coinbase)}`;
    }
    default:
      return `* close: ${effect.why}`;
  }
}

/** A session whose peer has introduced itself, and what it answers. */
function introduced(changes: Partial<ServerSettings> = {}) {
  const now = Instant(0);
  const parts = { sha256d, extranonces: createExtranonceSpace(4, 1) };
  let state = startServer({ ...settings, ...changes }, parts, now);
  const take = (event: ServerEvent, at = now) => {
    const step = stepServer(state, event, at);
    state = step.state;
    return step.effects;
  };
  const say = (text: string) => take({ kind: "bytes", bytes: utf8ToBytes(text) }).map(tell);
  say(
    '{"id":1,"method":"mining.subscribe","params":[]}\n{"id":2,"method":"mining.authorize","params":["u"]}\n',
  );
  return { take, say, state: () => state };
}

describe("a server's bounds", () => {
  it("a line of 4096 bytes is read, a longer one cuts the peer off before it ends", () => {
    const { say } = introduced();
    expect(say("x".repeat(4096))).toEqual([]);
    expect(say("x")).toEqual(["* close: a line of more than 4096 bytes"]);
  });

  it("blank lines without end are too much talk as well", () => {
    const { say } = introduced({ messagesPerSecond: 1 });
    const told = Array.from({ length: 10 }, () => say("\n".repeat(1000)));
    expect(told.flat()).toEqual(["* close: more than 1 messages a second"]);
  });

  it("talk is allowed again with time", () => {
    const { take } = introduced({ messagesPerSecond: 1 });
    const bytes = utf8ToBytes('{"id":1,"method":"mining.extranonce.subscribe","params":[]}\n');
    const told = Array.from({ length: 100 }, (_, i) => take({ kind: "bytes", bytes }, Instant(i * 1000)));
    expect(told.flat().every(({ kind }) => kind === "send")).toBe(true);
  });

  it("a full pool says so and lets go", () => {
    const parts = { sha256d, extranonces: { bytes: 1, claim: () => undefined, release: () => {} } };
    const bytes = utf8ToBytes('{"id":1,"method":"mining.subscribe","params":[]}\n');
    const { effects } = stepServer(
      startServer(settings, parts, Instant(0)),
      { kind: "bytes", bytes },
      Instant(0),
    );
    expect(effects.map(tell)).toEqual([
      '< {"id":1,"result":null,"error":[20,"Pool is full",null]}',
      "* close: the pool has no extranonce left",
    ]);
  });

  it("64 users on one connection, 8 jobs, 1024 shares of one job", () => {
    const { take, say, state } = introduced({ messagesPerSecond: 1e6, maxDifficulty: trifle });
    for (let i = 0; i < 70; i++) say(`{"id":3,"method":"mining.authorize","params":["u${i}"]}\n`);
    expect(state().users).toHaveLength(64);
    for (let i = 0; i < 20; i++) take({ kind: "job", work: { ...block1, id: `${i}` }, clean: false });
    expect([...state().jobs.byId.keys()]).toEqual(["12", "13", "14", "15", "16", "17", "18", "19"]);
    expect(state().jobs.voided).toHaveLength(12);
    const told = Array.from(
      { length: mostAccepted + 4 },
      (_, nonce) => say(`${nextShare(state(), nonce)}\n`)[0] ?? "",
    );
    expect(told.filter((line) => line.includes("true"))).toHaveLength(mostAccepted);
    expect(told.at(-1)).toContain("Too many shares for one job");
  });

  it("misdeeds are made up for by good shares", () => {
    const { take, say, state } = introduced({ messagesPerSecond: 1e6, maxDifficulty: trifle });
    take({ kind: "job", work: block1, clean: true });
    for (let nonce = 0; nonce < 500; nonce++) {
      say(`${nextShare(state(), nonce)}\n`);
      say(`${nextShare(state(), nonce)}\n`);
    }
    expect(state()).toMatchObject({ phase: "open", misdeeds: 1 });
  });
});

describe("a server", () => {
  it("says nothing more once it has closed, and gives back its extranonce", () => {
    const extranonces = createExtranonceSpace(1, 0);
    const now = Instant(0);
    let state = startServer(settings, { sha256d, extranonces }, now);
    const take = (event: ServerEvent) => {
      const step = stepServer(state, event, now);
      state = step.state;
      return step.effects;
    };
    const subscribe = utf8ToBytes('{"id":1,"method":"mining.subscribe","params":[]}\n');
    expect(take({ kind: "bytes", bytes: subscribe })).toHaveLength(1);
    const held = state.extranonce1 ?? new Uint8Array();
    expect(bytesToHex(held)).toBe("00");
    expect(extranonces.claim(held)).toEqual(Uint8Array.of(1));
    take({ kind: "closed" });
    expect(take({ kind: "bytes", bytes: subscribe })).toEqual([]);
    expect(take({ kind: "job", work: block1, clean: true })).toEqual([]);
    expect(take({ kind: "tick" })).toEqual([]);
    expect(extranonces.claim(held)).toEqual(held);
  });
});
