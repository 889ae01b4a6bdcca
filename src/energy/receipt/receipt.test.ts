import { describe, expect, it } from "vitest";
import { Joules, Micros } from "../../domain/index.ts";
import { accountOf } from "../account.ts";
import type { EnergyClaim } from "./energyClaim.ts";
import { type Manifest, manifestOf } from "./manifest.ts";
import { faultsIn, type LeaseFacts, type TaskReceipt, taskReceiptOf, type TaskWork } from "./receipt.ts";
import { receiptAccountOf } from "./receiptAccount.ts";
import { addReceipt, emptyReceiptSum } from "./receiptSum.ts";

const digest = (letter: string) => letter.repeat(64);
const facts: LeaseFacts = {
  job: "j1",
  index: 2,
  count: 4,
  lease: 7,
  module: digest("a"),
  input: null,
  output: digest("b"),
  provider: { id: "p1", key: "its key", kind: "home" },
  consumer: "operator",
  leased: "2026-11-26T10:00:00.000Z",
  returned: "2026-11-26T10:00:20.000Z",
  verdict: "accepted",
  price: { amount: "0.000040", currency: "USD" },
  watts: 1500,
};
/** A kWh at the plug for 0.8 kWh of computing. */
const claim: EnergyClaim = {
  method: "meter",
  energy: { metered: 2_000, reported: 500, estimated: 380 },
  heat: [
    { sink: "living-room", kind: "room", joules: 2_160, usefulJoules: 2_160 },
    { sink: "hall", kind: "room", joules: 720, usefulJoules: 0 },
  ],
  boundary: { name: "the house", joules: 3_600 },
  carbon: {
    gridGramsPerKwh: 300,
    marginalGramsPerKwh: 500,
    instead: { name: "a gas boiler", gramsPerKwh: 218, marginalGramsPerKwh: 219 },
    elsewhere: { gramsPerKwh: 400, pue: 1.5 },
  },
};
const work: TaskWork = {
  exchange: "the exchange's key",
  provider: "p1",
  job: "j1",
  index: 2,
  count: 4,
  lease: 7,
  module: digest("a"),
  input: null,
  output: digest("b"),
  began: "2026-11-26T10:00:01.000Z",
  ended: "2026-11-26T10:00:11.000Z",
  claim,
};
const issuer = { key: "the exchange's key" };
const issued = "2026-11-26T11:00:00.000Z";
const receiptOf = (changed: Partial<EnergyClaim> = {}, times: Partial<TaskWork> = {}) =>
  taskReceiptOf(facts, { ...work, ...times, claim: { ...claim, ...changed } }, issuer, issued);

describe("a receipt's account", () => {
  it("tells ratios by the standards for the boundary, and three ledgers that are never netted", () => {
    expect(receiptAccountOf(claim)).toEqual({
      energyJoules: 2_880,
      boundaryJoules: 3_600,
      heatJoules: 2_880,
      usefulJoules: 2_160,
      pue: 1.25,
      erf: 0.6,
      ere: 0.5,
      carbonGrams: {
        used: 0.3,
        displaced: 0.1308,
        // 1 Wh at 0.5 − 0.8 Wh elsewhere at 1.5 · 0.4 − 0.6 Wh of heat at 0.219, in g/Wh.
        consequential: -0.1114,
      },
    });
  });

  it("emits what the site's account says for the same energy", () => {
    const site = accountOf(
      {
        electricity: Joules(3.6e6),
        cooling: Joules(0),
        fuel: Joules(0),
        usefulHeat: Joules(2.16e6),
        coolingSaved: Joules(0),
        jobs: Joules(2.88e6),
        revenue: Micros(0n),
      },
      {
        electricityPerKwh: Micros(0n),
        fuelPerKwh: Micros(0n),
        fuelKgPerKwh: 0,
        instead: { kind: "district", pricePerKwh: Micros(0n), kgPerKwh: 0.218 },
        carbon: { gridKgPerKwh: 0.3, marginalKgPerKwh: 0.5, elsewhere: { kgPerKwh: 0.4, pue: 1.5 } },
      },
    );
    const instead = { name: "district heat", gramsPerKwh: 218, marginalGramsPerKwh: 218 };
    const ours = receiptAccountOf({ ...claim, carbon: { ...claim.carbon!, instead } }).carbonGrams;
    expect(ours).toEqual({
      used: expect.closeTo(site.usedKg, 9) as number,
      displaced: expect.closeTo(site.displacedKg, 9) as number,
      consequential: expect.closeTo(site.consequentialKg, 9) as number,
    });
  });

  it("has no ratio where nothing was drawn, and no ledger where nobody knows the grid", () => {
    const idle = { energy: { metered: 0, reported: 0, estimated: 0 }, heat: [], carbon: null };
    expect(receiptAccountOf({ ...claim, ...idle, boundary: { name: "it", joules: 0 } })).toMatchObject({
      pue: null,
      erf: null,
      ere: null,
      carbonGrams: null,
    });
  });
});

describe("a claim", () => {
  it.each<[string, Partial<EnergyClaim>, Partial<TaskWork>, string[]]>([
    ["is believed where it may be true", {}, {}, []],
    ["of less than nothing", { energy: { ...claim.energy, estimated: -1 } }, {}, ["negative"]],
    [
      "of more power than its machine has",
      { energy: { metered: 16_501, reported: 0, estimated: 0 }, boundary: { name: "it", joules: 16_501 } },
      {},
      ["power-above-limit"],
    ],
    ["of more time than it was leased", {}, { ended: "2026-11-26T10:00:23.000Z" }, ["longer-than-lease"]],
    [
      "of an end before its beginning",
      {},
      { ended: "2026-11-26T10:00:00.000Z" },
      ["negative", "power-above-limit"],
    ],
    [
      "of a boundary that leaves out what computed",
      { boundary: { name: "it", joules: 2_800 }, heat: [] },
      {},
      ["boundary-below-energy"],
    ],
    [
      "of a boundary that is no computer room's",
      { boundary: { name: "it", joules: 12_000 } },
      {},
      ["boundary-implausible"],
    ],
    [
      "of more heat than energy",
      { heat: [{ sink: "tank", kind: "tank", joules: 3_601, usefulJoules: 0 }] },
      {},
      ["heat-above-energy"],
    ],
    [
      "of more useful heat than heat",
      { heat: [{ sink: "tank", kind: "tank", joules: 10, usefulJoules: 11 }] },
      {},
      ["useful-above-heat"],
    ],
    [
      "of a grid that there is not",
      { carbon: { ...claim.carbon!, gridGramsPerKwh: 3001 } },
      {},
      ["carbon-implausible"],
    ],
    [
      "of a saving elsewhere that no room can have",
      { carbon: { ...claim.carbon!, elsewhere: { gramsPerKwh: 400, pue: 9 } } },
      {},
      ["carbon-implausible"],
    ],
  ])("%s", (_what, change, times, flags) => {
    const receipt = receiptOf(change, times);
    expect(receipt.flags).toEqual(flags);
    expect(receipt.account === null).toBe(flags.length > 0);
    expect(faultsIn(receipt)).toEqual([]);
  });
});

describe("a receipt", () => {
  it.each<[string, Partial<TaskReceipt>, RegExp]>([
    ["another account", { account: { ...receiptAccountOf(claim), usefulJoules: 2_880 } }, /not the sum/],
    ["no account", { account: null }, /not the sum/],
    ["flags that its claim has not", { flags: ["negative"] }, /flags/],
    ["another lease's id", { id: "j1-8" }, /its id/],
    ["another job than was signed", { index: 3 }, /its index is not/],
    ["another output than was signed", { output: digest("c") }, /its output is not/],
    ["another provider", { provider: { ...facts.provider, id: "p2" } }, /another provider's/],
    ["another exchange", { issuer: { key: "another" } }, /another exchange's/],
    ["a price for a wrong result", { verdict: "wrong" }, /has a price/],
  ])("with %s has a fault", (_what, change, why) => {
    const faults = faultsIn({ ...receiptOf(), ...change });
    expect(faults.join()).toMatch(why);
  });

  it.each([null, "not-signed" as const])("of work %j shows none, and has no fault", (nothing) => {
    const receipt = taskReceiptOf(facts, nothing, issuer, issued);
    expect(receipt).toMatchObject({ id: "j1-7", work: null, account: null });
    expect(receipt.flags).toEqual([nothing ?? "nothing-claimed"]);
    expect(faultsIn(receipt)).toEqual([]);
  });

  it("adds up with others; what cannot be believed counts in the price alone", () => {
    const impossible = receiptOf({ energy: { metered: -1, reported: 0, estimated: 0 } });
    const sum = [receiptOf(), receiptOf({ carbon: null }), impossible].reduce(addReceipt, emptyReceiptSum);
    expect(sum).toEqual({
      receipts: 3,
      flagged: 1,
      energyJoules: 5_760,
      boundaryJoules: 7_200,
      usefulJoules: 4_320,
      carbonGrams: { used: 0.3, displaced: 0.1308, consequential: -0.1114 },
      withCarbon: 1,
      price: 120n,
    });
  });
});

/** Computes a manifest as the Impact Framework's documents say that its builtin plugins do. */
function computed({ initialize, tree }: Manifest): Record<string, Record<string, number>> {
  const nodes = Object.entries(tree.children).map(([id, { pipeline, inputs }]) => {
    const values = { ...inputs[0] } as Record<string, number>;
    for (const name of pipeline.compute) {
      const { method, config } = initialize.plugins[name]!;
      const [first = Number.NaN, ...rest] =
        method === "Divide"
          ? [values[config["numerator"] as string]!, values[config["denominator"] as string]!]
          : (config["input-parameters"] as readonly string[]).map((input) => values[input]!);
      const step = {
        Sum: (one: number, other: number) => one + other,
        Multiply: (one: number, other: number) => one * other,
        Subtract: (one: number, other: number) => one - other,
        Divide: (one: number, other: number) => one / other,
      }[method];
      const output = (config["output-parameter"] ?? config["output"]) as string;
      values[output] = rest.reduce((one, other) => step(one, other), first);
    }
    return [id, values] as const;
  });
  return Object.fromEntries(nodes);
}

describe("an Impact Framework manifest", () => {
  it("comes to the receipt's account when somebody else computes it", () => {
    const { account } = receiptOf();
    const manifest = JSON.parse(JSON.stringify(manifestOf("job j1", [receiptOf()]))) as Manifest;
    const ours = computed(manifest)["j1-7"];
    expect(ours).toMatchObject({
      energy: expect.closeTo((account?.energyJoules ?? 0) / 3.6e6, 12) as number,
      pue: expect.closeTo(account?.pue ?? 0, 6) as number,
      erf: expect.closeTo(account?.erf ?? 0, 6) as number,
      "carbon/used": expect.closeTo(account?.carbonGrams?.used ?? 0, 6) as number,
      "carbon/displaced": expect.closeTo(account?.carbonGrams?.displaced ?? 0, 6) as number,
      "carbon/consequential": expect.closeTo(account?.carbonGrams?.consequential ?? 0, 6) as number,
    });
  });

  it("has no carbon where nobody knows the grid, and nothing of a claim that cannot be true", () => {
    const impossible = receiptOf({ energy: { metered: -1, reported: 0, estimated: 0 } });
    const unknown = computed(manifestOf("job j1", [receiptOf({ carbon: null }), impossible]));
    expect(Object.keys(unknown)).toEqual(["j1-7"]);
    expect(unknown["j1-7"]).not.toHaveProperty("carbon/used");
    expect(manifestOf("job j1", [impossible]).tree.children).toEqual({});
  });
});
