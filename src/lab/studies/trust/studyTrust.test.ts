import { describe, expect, it } from "vitest";
import { studyTrust } from "./studyTrust.ts";
import { trustTable } from "./trustTable.ts";

const options = { providers: 60, tasksEach: 600, badShare: 0.1, seed: 7 };
const report = studyTrust(options);
const now = (among: string) => {
  const row = report.now.find((one) => one.among === among);
  if (!row) throw new Error(`the study has nobody ${among}`);
  return row;
};

describe("the study of trust", () => {
  it("comes to the same by the same seed", () => {
    expect(studyTrust(options)).toEqual(report);
  });

  it("finds that checking the honest costs little, and that nobody honest is banned", () => {
    expect(now("honest").overhead).toBeLessThan(0.15);
    expect(now("honest").banned).toBe(0);
  });

  it("finds that who always makes up results gets none of them believed", () => {
    expect(now("lazy").badShare).toBeLessThanOrEqual(now("honest").badShare + 2e-4);
    expect(now("lazy").banned).toBeGreaterThan(10);
  });

  it("finds that a cheat who waits gets some believed, and far fewer once a catch has his work done again", () => {
    const of = (among: string, recheckTasks: number) =>
      report.curve.find(
        (row) => row.among === among && row.floor === 0.04 && row.recheckTasks === recheckTasks,
      );
    for (const among of ["strategic, a tenth", "strategic, all"]) {
      const [without, withAgain] = [of(among, 0), of(among, 500)];
      expect(without?.badShare).toBeGreaterThan(0.002);
      expect(withAgain?.badShare).toBeLessThan((without?.badShare ?? 0) / 2);
    }
  });

  it("is told in a table", () => {
    expect(trustTable(report)).toContain("colluding, a tenth");
  });
});
