/** Water between 5 and 60 °C: heat a litre takes per kelvin, J. */
export const joulesPerLitreKelvin = 4180;

/** A kelvin in degrees Fahrenheit, for formulas that were fitted in them. */
const perKelvin = 9 / 5;

/**
 * Cold water from the mains by hour of a year of hours, °C: a wave around the year's mean that lags the air and is
 * flatter (Burch & Christensen, Towards development of an algorithm for mains water temperature, ASES 2007).
 *
 * @param monthlyC mean outdoor air of each month.
 */
export function mainsByHour(monthlyC: readonly number[], latitude: number, hours: number): Float64Array {
  const mean = (monthlyC.reduce((sum, value) => sum + value, 0) / monthlyC.length) * perKelvin + 32;
  const swing = (Math.max(...monthlyC) - Math.min(...monthlyC)) * perKelvin;
  const ratio = 0.4 + 0.01 * (mean - 44);
  const lagDays = 35 - (mean - 44);
  const phase = latitude < 0 ? Math.PI : 0;
  return new Float64Array(hours).map((_, hour) => {
    const day = Math.floor(hour / 24) + 1;
    const angle = ((0.986 * (day - 15 - lagDays) - 90) * Math.PI) / 180 + phase;
    const fahrenheit = mean + 6 + ratio * (swing / 2) * Math.sin(angle);
    return Math.max(1, (fahrenheit - 32) / perKelvin);
  });
}
