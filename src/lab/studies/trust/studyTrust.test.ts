import { describe, expect, it } from "vitest";
import { studyTrust } from "./studyTrust.ts";
import { trustPage } from "./trustPage.ts";
import { trustTable } from "./trustTable.ts";

const options = { providers: 60, tasksEach: 400, badShare: 0.1, seed: 7, repeats: 1 };
const report = studyTrust(options);
const now = (among: string) => {
  const row = report.now.find((one) => one.among === among);
  if (!row) throw new Error(`the study has nobody ${among}`);
  return row;
};
const point = (floor: number, doesAgain: boolean) => {
  const found = report.curve.find((one) => one.floor === floor && one.doesAgain === doesAgain);
  if (!found) throw new Error(`the study has no floor ${floor}`);
  return found;
};

describe("the study of trust", () => {
  it("comes to the same by the same seed", () => {
    const small = { ...options, tasksEach: 30 };
    expect(studyTrust(small)).toEqual(studyTrust(small));
  });

  it("finds that checking the honest costs little, and that nobody honest is banned", () => {
    expect(now("honest").overhead).toBeLessThan(0.08);
    expect(now("honest").banned).toBe(0);
  });

  it("finds that who lies at once gets hardly any of it believed, and earns nothing", () => {
    const lies = now("lies at once, all");
    expect(lies.badShare).toBeLessThan(5e-4);
    expect(lies.banned).toBeGreaterThan(10);
    expect(lies.gain).toBeLessThanOrEqual(0);
  });

  it("finds that a catch which has results done again leaves a fraction of what is wrong otherwise", () => {
    for (const floor of [0.02, 0.06]) {
      expect(point(floor, false).badShare).toBeGreaterThan(0.003);
      expect(point(floor, true).badShare).toBeLessThan(point(floor, false).badShare / 3);
    }
  });

  it("finds that more checks cost more", () => {
    expect(point(0.1, true).honestOverhead).toBeGreaterThan(point(0.01, true).honestOverhead + 0.04);
  });

  it("finds that cheats who lie often lose by it, those who agree among them", () => {
    for (const row of [now("lies at once, all"), now("after 20, all"), ...report.collusion]) {
      expect([row.among, row.gain < row.honestGain]).toEqual([row.among, true]);
    }
  });

  it("is told in a table and a page", () => {
    expect(trustTable(report)).toContain("colluding, a tenth");
    const page = trustPage(report);
    expect(page.match(/<circle /g)).toHaveLength(report.curve.length);
    expect(page).not.toContain("NaN");
  });
});
