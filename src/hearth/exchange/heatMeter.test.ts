import { expect, it } from "vitest";
import { heatMeter, type MeteredHeater } from "./heatMeter.ts";

const pc: MeteredHeater = {
  id: "pc",
  wattsPerSlot: 60,
  heatShare: 0.9,
  sink: { id: "office", kind: "room" },
  isWanted: true,
};
const claimOf = (heater: MeteredHeater | undefined) =>
  heatMeter((id) => (id === "pc" ? heater : undefined)).begin()({ seconds: 10, cpuSeconds: 9, place: "pc" });

it("claims the watts of a slot for the time that a task ran, and their share as heat of its sink", () => {
  expect(claimOf(pc)).toMatchObject({
    method: "declared-power",
    energy: { metered: 0, reported: 0, estimated: 600 },
    heat: [{ sink: "office", kind: "room", joules: 540, usefulJoules: 540 }],
    boundary: { joules: 600 },
  });
});

it("calls no heat useful that nobody wanted, and claims nothing for a heater that is gone", () => {
  expect(claimOf({ ...pc, isWanted: false }).heat).toMatchObject([{ joules: 540, usefulJoules: 0 }]);
  expect(claimOf(undefined)).toMatchObject({ energy: { estimated: 0 }, heat: [] });
});

it("claims what was measured instead, and says how", () => {
  const claimed = (provenance: "metered" | "reported") =>
    heatMeter(() => pc).begin()({
      seconds: 10,
      cpuSeconds: 9,
      place: "pc",
      drawn: { joules: 500, provenance },
    });
  expect(claimed("metered")).toMatchObject({
    method: "meter",
    energy: { metered: 500, reported: 0, estimated: 0 },
    heat: [{ joules: 450 }],
    boundary: { joules: 500 },
  });
  expect(claimed("reported")).toMatchObject({ method: "device", energy: { metered: 0, reported: 500 } });
});
