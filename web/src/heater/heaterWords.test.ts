import { describe, expect, it } from "vitest";
import type { HeaterDetail } from "../api.ts";
import { changeWords, guardWords, ownFigureWords, powersWords, ruleWords } from "./heaterWords.ts";

const plain = (text: string | undefined) => text?.replaceAll("\u00a0", " ");
const detail: HeaterDetail = {
  id: "miner",
  powers: { kind: "range", min: 800, max: 1400, step: 25 },
  available: null,
  idleWatts: 5,
  maxWatts: 1500,
  powerReturnWatts: 1400,
  setToWatts: null,
  ownWatts: null,
  busy: null,
  unguarded: null,
  canStop: true,
  stopSurvivesRestart: true,
  settleSeconds: 90,
  change: "restart",
  guard: { by: "plug-timer", withinSeconds: 120 },
  maxDeviceC: 85,
  minOnSeconds: 600,
  minOffSeconds: 0,
};

describe("a heater in words", () => {
  it("says its powers", () => {
    expect(plain(powersWords(detail.powers))).toBe("800 W to 1.40 kW in steps of 25 W");
    expect(plain(powersWords({ kind: "levels", watts: [500, 1000] }))).toBe("500 W, 1.00 kW");
    expect(powersWords(null)).toMatch(/does not mine/);
  });

  it("says how it changes", () => {
    expect(changeWords(detail)).toBe(
      "Changes by starting its work anew; it takes up to 2 min until a change holds.",
    );
  });

  it.each([
    [{ by: "plug-timer", withinSeconds: 120 }, "The timer of its plug cuts it within 2 min."],
    [{ by: "device-watchdog", withinSeconds: 30 }, "It stops by itself within 30 s."],
    [{ by: "unattended-watts", watts: 90 }, "It may be left alone at 90 W: its room stays below its limit."],
    [{ by: "nobody" }, "Nobody: it runs on. A hearth refuses to run such a heater."],
  ] as const)("says who guards it: %j", (guard, words) => {
    expect(plain(guardWords({ ...detail, guard }))).toBe(words);
  });

  it("says its rules", () => {
    expect(ruleWords(detail).map(plain)).toEqual([
      "It is stopped when its hottest part passes 85 °C.",
      "Once started it runs for 10 min at least.",
    ]);
    expect(ruleWords({ ...detail, canStop: false, minOffSeconds: 300 })).toContain(
      "Once stopped it rests for 5 min at least.",
    );
    expect(ruleWords({ ...detail, stopSurvivesRestart: false }).at(-1)).toMatch(/^After a restart/);
  });

  it.each([
    [500, null, undefined],
    [500, 500, "The heater itself says 500 W, the same as its meter."],
    [500, 450, "The heater itself says 450 W, 10 % less than its meter."],
    [500, 600, "The heater itself says 600 W, 20 % more than its meter. The meter is believed."],
    [null, 600, "The heater itself says 600 W."],
    [0, 4, "The heater itself says 4.0 W."],
  ])("beside %s W: %s W of its own", (measured, own, words) => {
    expect(plain(ownFigureWords(measured, own))).toBe(words);
  });
});
