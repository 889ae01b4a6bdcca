const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

/** 0 … 11. The 29 February of a leap year counts as March. */
export function monthOfHour(hour: number): number {
  const day = Math.floor(hour / 24) % 365;
  return daysBefore.findLastIndex((before) => day >= before) % 12;
}

/** Means of hourly values by month. */
export function monthlyMeans(hourly: Float64Array): readonly number[] {
  const sums = new Float64Array(12);
  const counts = new Float64Array(12);
  for (let hour = 0; hour < hourly.length; hour++) {
    const month = monthOfHour(hour);
    sums[month] = (sums[month] ?? 0) + (hourly[hour] ?? 0);
    counts[month] = (counts[month] ?? 0) + 1;
  }
  return Array.from(sums, (sum, month) => sum / (counts[month] ?? 1));
}

/** By hour of a year of 365 days: a line from the middle of each month to that of the next. */
export function alongTheYear(months: readonly number[]): Float64Array {
  const middles = Array.from(
    { length: 12 },
    (_, month) => 12 * ((daysBefore[month] ?? 0) + (daysBefore[month + 1] ?? 0)),
  );
  const at = (index: number) =>
    (middles[(index + 12) % 12] ?? 0) + (index < 0 ? -8760 : index > 11 ? 8760 : 0);
  const value = (index: number) => months[(index + 12) % 12] ?? 0;
  return new Float64Array(8760).map((_, hour) => {
    const before = middles.findLastIndex((middle) => middle <= hour);
    const share = (hour - at(before)) / (at(before + 1) - at(before));
    return value(before) + share * (value(before + 1) - value(before));
  });
}
