import { expect, it } from "vitest";
import { earnedApart } from "./earnedApart.ts";

const jobs = (tasks: number, amount: string) => ({ tasks, earned: { amount, currency: "EUR" as const } });

it("tells what tasks earned beside what was mined, however little that is", () => {
  expect(earnedApart({ jobs: jobs(2000, "0.012345"), sats: "1234.5", verdict: null })).toEqual([
    { name: "By tasks today", value: "€0.0123", note: "by 2,000 tasks" },
    { name: "Mined today", value: "1,235 sats", note: "expected on average" },
  ]);
  expect(earnedApart({ jobs: jobs(1, "0.000005"), sats: "0", verdict: null })[0]).toMatchObject({
    value: "€0.000005",
    note: "by one task",
  });
});
