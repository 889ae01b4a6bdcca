const degrees = Math.PI / 180;

/** Where the sun stands. */
export interface SunPosition {
  /** Sine of its height above the horizon; below 0 at night. */
  readonly sinAltitude: number;
  /** From north, clockwise, rad. */
  readonly azimuth: number;
}

/**
 * The sun at a moment of the year: Spencer's declination and equation of time (1971), as in Duffie & Beckman, Solar
 * Engineering of Thermal Processes, 4th ed., eqs. 1.4.2, 1.5.3 and 1.6.5.
 * @param hour by the place's clock since the year's start, with fractions.
 */
export function sunPosition(
  {
    latitude,
    longitude,
    hoursFromUtc,
  }: { readonly latitude: number; readonly longitude: number; readonly hoursFromUtc: number },
  hour: number,
): SunPosition {
  const day = (2 * Math.PI * Math.floor(hour / 24)) / 365;
  const declination =
    0.006918 -
    0.399912 * Math.cos(day) +
    0.070257 * Math.sin(day) -
    0.006758 * Math.cos(2 * day) +
    0.000907 * Math.sin(2 * day) -
    0.002697 * Math.cos(3 * day) +
    0.00148 * Math.sin(3 * day);
  const aheadMinutes =
    229.18 *
    (0.000075 +
      0.001868 * Math.cos(day) -
      0.032077 * Math.sin(day) -
      0.014615 * Math.cos(2 * day) -
      0.04089 * Math.sin(2 * day));
  const solarHour = (hour % 24) + longitude / 15 - hoursFromUtc + aheadMinutes / 60;
  const hourAngle = (solarHour - 12) * 15 * degrees;
  const phi = latitude * degrees;
  const sinAltitude =
    Math.sin(phi) * Math.sin(declination) + Math.cos(phi) * Math.cos(declination) * Math.cos(hourAngle);
  const east = -Math.cos(declination) * Math.sin(hourAngle);
  const north =
    Math.cos(phi) * Math.sin(declination) - Math.sin(phi) * Math.cos(declination) * Math.cos(hourAngle);
  return { sinAltitude, azimuth: Math.atan2(east, north) };
}

/** W/m² on a plane that faces the sun outside the atmosphere, on a day of the year. */
export const extraterrestrial = (hour: number): number =>
  1367 * (1 + 0.033 * Math.cos((2 * Math.PI * (Math.floor(hour / 24) + 1)) / 365));
