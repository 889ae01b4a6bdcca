import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeWith } from "../../../../test/parts.ts";
import { type CgminerReply, readReply } from "../../cgminer/cgminerReply.ts";
import { avalonModels, modelNamed } from "./models.ts";
import { type AvalonReplies, readAvalon } from "./readAvalon.ts";
import { wattsOf } from "./watts.ts";

const none: CgminerReply = { status: undefined, sections: {} };
const saying = (pairs: string, change: Partial<AvalonReplies> = {}): AvalonReplies => ({
  version: none,
  summary: none,
  coin: none,
  stats: { status: undefined, sections: { STATS: [{ ID: "AVANANO0", "MM ID0": pairs }] } },
  ...change,
});
const read = (pairs: string) => readAvalon(saying(pairs)) ?? expect.unreachable();

describeWith("shared-data", "a recorded Avalon Q that was stopped", (shared) => {
  const recorded = (name: string) =>
    readReply(readFileSync(join(shared, "fixtures", "miners", "avalon", `${name}.json`), "utf8"));
  const replies = (stats: string): AvalonReplies => ({
    version: recorded("version"),
    summary: recorded("summary"),
    stats: recorded(stats),
    coin: recorded("coin"),
  });
  /** By hand from the replies; the chips' 71 °C in HBinfo are of when it ran. */
  const golden = {
    model: "q",
    work: "idle",
    mode: 0,
    level: 0,
    setBy: "workmode",
    modeWatts: 800,
    hashrate: 0,
    temperature: 27,
    networkDifficulty: 126_271_255_279_306.98,
    shares: { accepted: 890, rejected: 2, stale: 0 },
    faults: [],
  };

  it.each([
    ["stats", [0, 1222, 4, 0, 0, 2245, 146]],
    ["litestats", [0, 1221, 4, 0, 0, 2245, 146]],
  ])("is read from %s", (stats, supply) => {
    const state = readAvalon(replies(stats)) ?? expect.unreachable();
    expect(state).toEqual({ ...golden, supply, wallWatts: undefined });
    expect(wattsOf(state, avalonModels.q, avalonModels.q.modes)).toEqual({
      watts: 146,
      provenance: "reported",
    });
  });

  it.each([
    ["ascset_softoff", "I", "ASC 0 set info: success softoff:1753434821", 1_753_434_816],
    ["ascset_softon", "I", "ASC 0 set info: success softon:1753434757", 1_753_434_752],
    ["ascset_workmode", "S", "ASC 0 set OK", 1_753_434_997],
  ])("answers %s with status %s", (name, kind, message, when) => {
    expect(recorded(name).status).toEqual({ kind, message, when });
  });
});

describe("an Avalon's statistics", () => {
  const nano3s =
    "Ver[Nano3s-25021401_56abae7] SYSTEMSTATU[Work: In Work, Hash Board: 1] ITemp[-273] OTemp[65] TMax[95] TAvg[90] " +
    "TarT[90] Fan1[1520] FanR[33%] PS[0 0 27541 4 0 3756 133] GHSspd[6598.84] GHSavg[6695.18] SoftOFF[0] " +
    "PVT_T0[ 85  91  91  91 96] ATA2[133-90-3756-432-20] WORKMODE[2] WORKLEVEL[0] MPO[133]";

  it("of a Nano 3S are read, its power at index 6 of its supply", () => {
    const state = read(nano3s);
    expect(state).toMatchObject({
      model: "nano-3s",
      work: "working",
      mode: 2,
      setBy: "workmode",
      hashrate: 6_598_840_000_000,
      temperature: 96,
      shares: undefined,
    });
    expect(wattsOf(state, avalonModels["nano-3s"], avalonModels["nano-3s"].modes)).toEqual({
      watts: 133,
      provenance: "reported",
    });
  });

  it.each([
    ["0 0 0 3 2780 92 314", 1, 90],
    ["0 0 0 4 2756 126 330", 2, 125],
  ])(
    "of a Nano 3 with PS[%s] name no power at the wall, so it is estimated from its mode",
    (supply, level, watts) => {
      const state = read(
        `HashStatus[1] Ver[nano3-25103101_0736b2e] Temp[54] OTemp[46] TMax[91] GHSspd[4115.12] PS[${supply}] WORKLEVEL[${level}]`,
      );
      expect(state).toMatchObject({
        model: "nano-3",
        work: "working",
        level,
        setBy: "worklevel",
        temperature: 91,
      });
      expect(wattsOf(state, avalonModels["nano-3"], avalonModels["nano-3"].modes)).toEqual({
        watts,
        provenance: "estimated",
      });
    },
  );

  it("of a large one name its power at the wall themselves", () => {
    const state = read(
      "Ver[15-194-24102401_25462b2] SYSTEMSTATU[Work: In Work, Hash Board: 3 ] PS[0 1209 1187 297 3526 1188 3731] WALLPOWER[3731] GHSspd[199241.07] TMax[78]",
    );
    expect(state).toMatchObject({ model: undefined, wallWatts: 3731, hashrate: 199_241_070_000_000 });
  });

  it("are read though their tail was cut off and pairs run together", () => {
    const state = read(
      "Ver[Nano3s-1] SYSTEMSTATU[Work: In Work, Hash Board: 1 ] Elapsed[5]BOOTBY[1] TMax[70] WORKMODE[1] PS[0 0 275",
    );
    expect(state).toMatchObject({ mode: 1, supply: [], temperature: 70 });
    expect(wattsOf(state, avalonModels["nano-3s"], avalonModels["nano-3s"].modes)).toEqual({
      watts: 100,
      provenance: "estimated",
    });
  });

  it.each([
    ["PS[0 0 27541 4 0 3756 900]", "more than it can draw"],
    ["PS[0 0 27541 4 0 3756 0]", "nothing while it works"],
    ["PS[0 0 27541 4 0 3756 nan]", "no number"],
  ])("are not believed to tell its power by %s: %s", (supply) => {
    const state = read(nano3s.replace(/PS\[[^\]]*\]/, supply));
    expect(wattsOf(state, avalonModels["nano-3s"], avalonModels["nano-3s"].modes).provenance).toBe(
      "estimated",
    );
  });

  it.each([
    ["Work: In Init, Hash Board: 1", "starting"],
    ["Work: In Idle, Hash Board: 1", "idle"],
    ["Work: In Work, Hash Board: 1", "working"],
    ["", "working"],
  ])("say by SYSTEMSTATU[%s] that it is %s", (status, work) => {
    expect(read(nano3s.replace(/SYSTEMSTATU\[[^\]]*\]/, `SYSTEMSTATU[${status}]`)).work).toBe(work);
  });

  it("tell no temperature where no sensor is", () => {
    expect(read("Ver[Nano3-1] ITemp[-273] OTemp[-273] TMax[0] GHSspd[0]").temperature).toBeUndefined();
  });

  it("tell what is wrong with it", () => {
    const said = "Ver[Q-1] SYSTEMSTATU[Work: In Work, Hash Board: 0] PS[8 0 0 0 0 0 0] FanErr[2] GHSspd[0]";
    expect(read(said).faults).toEqual([
      "its power supply tells error 8",
      "its fan tells error 2",
      "it finds no hash board",
    ]);
  });

  it("are none where another device answers", () => {
    const antminer = { status: undefined, sections: { STATS: [{ Type: "Antminer S19" }, { "GHS 5s": 1 }] } };
    expect(readAvalon(saying("", { stats: antminer }))).toBeUndefined();
    expect(readAvalon(saying("no pairs"))).toBeUndefined();
  });
});

it.each([
  ["Avalonnano", undefined],
  ["nano3", "nano-3"],
  ["Avalon Nano3s", "nano-3s"],
  ["Nano3s", "nano-3s"],
  ["Avalon Mini3", "mini-3"],
  ["Q", "q"],
  ["constructor", undefined],
  ["", undefined],
])("a device that calls itself %j is %s", (name, model) => {
  expect(modelNamed(name)).toBe(model);
});
