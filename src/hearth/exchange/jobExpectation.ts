/** What tasks may be expected to earn, from what they earned where it was offered; plain data. */
export interface JobExpectation {
  /** Money that was settled, and kWh that were offered meanwhile, both fading. */
  readonly earned: number;
  readonly offeredKwh: number;
}

export const noExpectation: JobExpectation = { earned: 0, offeredKwh: 0 };

/** In which what was, counts for a third, s. */
const fadeSeconds = 6 * 3600;
/** So little was offered that it says nothing, kWh. */
const leastKwh = 0.05;

/** @param watts of all slots that were offered, taken or not, for so many seconds in which so much was settled */
export function watchJobs(
  before: JobExpectation,
  { seconds, watts, settled }: { readonly seconds: number; readonly watts: number; readonly settled: number },
): JobExpectation {
  const kept = Math.exp((0 - seconds) / fadeSeconds);
  return {
    earned: before.earned * kept + settled,
    offeredKwh: before.offeredKwh * kept + (watts * seconds) / 3.6e6,
  };
}

/** Of a kWh of slots that are offered, whether they are taken or not, in money. */
export const expectedPerKwh = ({ earned, offeredKwh }: JobExpectation): number =>
  offeredKwh < leastKwh ? 0 : earned / offeredKwh;
