/** How much warmer a watt over a step makes a mixed tank by its end, K/W. Loss in W/K, capacity in J/K, duration in s. */
export const tankKelvinPerWatt = (loss: number, capacity: number, duration: number): number =>
  loss > 0 ? -Math.expm1((-loss / capacity) * duration) / loss : duration / capacity;
