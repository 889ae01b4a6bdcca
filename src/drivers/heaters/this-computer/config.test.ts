import { describe, expect, it } from "vitest";
import { thisComputer } from "./driver.ts";
import { testConfig as config } from "./testComputer.suite.ts";

describe("this computer's configuration", () => {
  const problem = (change: object) =>
    thisComputer.config
      .safeParse({ ...config, ...change })
      .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);

  it("takes two powers and a pool", () => {
    expect(thisComputer.config.parse({ idleWatts: 30, fullWatts: 90, pools: config.pools })).toMatchObject({
      maxDuty: 1,
      restWatts: 0,
      threads: expect.any(Number) as number,
      pools: [{ url: "stratum+tcp://pool.test:3333", user: "me", password: "x" }],
    });
  });

  it.each([
    [{ fullWatts: 30 }, "fullWatts: must be above idleWatts"],
    [{ threads: 0 }, "threads: Too small: expected number to be >=1"],
    [{ threads: 100_000 }, /^threads: Too big/],
    [{ maxDuty: 1.5 }, "maxDuty: Too big: expected number to be <=1"],
    [{ pools: [] }, /^pools: Too small/],
    [
      { pools: [{ url: "http://a:1", user: "me" }] },
      /^pools\.0\.url: "http:\/\/a:1" is no address of a pool/,
    ],
    [{ poolz: [] }, ': Unrecognized key: "poolz"'],
  ])("refuses %j", (change, message) => {
    expect(problem(change)).toEqual([typeof message === "string" ? message : expect.stringMatching(message)]);
  });
});
