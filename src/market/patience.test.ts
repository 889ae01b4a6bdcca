import { describe, expect, it } from "vitest";
import { Instant, Micros } from "../domain/index.ts";
import { ceilingAt } from "./patience.ts";

const hour = 3_600_000;
const job = {
  bid: Micros(100n),
  patientBid: Micros(40n),
  deadline: Instant(10 * hour),
  tasks: 60,
  classSeconds: 60,
  limitSeconds: 300,
};

describe("a job that may wait", () => {
  it("pays little while there is time", () => {
    expect(ceilingAt(job, Instant(0))).toBe(40n);
  });

  it("pays its bid once a single slot would just do it in time", () => {
    const needed = (60 * 60 + 2 * 300) * 1000;
    expect(ceilingAt(job, Instant(10 * hour - needed - 1))).toBe(40n);
    expect(ceilingAt(job, Instant(10 * hour - needed))).toBe(100n);
  });

  it("leaves ten minutes however little there is to do", () => {
    const small = { ...job, tasks: 1, classSeconds: 1, limitSeconds: 10 };
    expect(ceilingAt(small, Instant(10 * hour - 600_001))).toBe(40n);
    expect(ceilingAt(small, Instant(10 * hour - 600_000))).toBe(100n);
  });

  it("never pays more than its bid, and one that does not wait pays it at once", () => {
    expect(ceilingAt({ ...job, patientBid: Micros(400n) }, Instant(0))).toBe(100n);
    expect(ceilingAt({ ...job, patientBid: undefined }, Instant(0))).toBe(100n);
  });
});
