/** 90 → "90 W"; 1234.5 → "1235 W". */
export const inWatts = (watts: number): string => `${Math.round(watts)} W`;

export const inKelvin = (kelvin: number): string => `${Math.abs(kelvin).toFixed(1)} °C`;

/** "40 s", "6 min", "5 h", "3 days". */
export function inTime(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
