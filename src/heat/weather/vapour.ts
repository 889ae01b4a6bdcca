/** Pressure of saturated vapour over water, Pa (Tetens; FAO paper 56, equation 11). */
export const saturatedPa = (celsius: number): number =>
  610.8 * Math.exp((17.27 * celsius) / (celsius + 237.3));

/** The relative humidity, 0 … 1, of air with as much vapour in it as other air of `humidity` has at `celsius`. */
export const humidityAt = (atC: number, humidity: number, celsius: number): number =>
  Math.min(1, (humidity * saturatedPa(celsius)) / saturatedPa(atC));
