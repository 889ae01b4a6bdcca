/** Cooling per electricity of an ordinary split unit in use: 3.2 at 35 °C outside, 0.1 more per kelvin cooler. */
export const airConditionerCop = (outdoorC: number): number =>
  Math.min(6, Math.max(1.5, 3.2 + 0.1 * (35 - outdoorC)));
