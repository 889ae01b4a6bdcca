/** The page is in English; numbers and times follow the reader's kind of English, or Britain's. */
export function localeOf(language: string | undefined): string {
  return language?.toLowerCase().startsWith("en") ? language : "en-GB";
}

export const locale = localeOf(globalThis.navigator?.language);

const minus = "\u2212";
const joined = "\u00a0";
export const unknown = "–";

/** 20.62 → "20.6"; a value that is not known is a dash. */
export function degrees(celsius: number | null, digits = 1): string {
  if (celsius === null) return unknown;
  const text = Math.abs(celsius).toFixed(digits);
  return celsius < 0 && Number(text) !== 0 ? minus + text : text;
}

/** 20.62 → "20.6 °C". */
export const celsius = (temperature: number | null, digits = 1): string =>
  temperature === null ? unknown : `${degrees(temperature, digits)}${joined}°C`;

/** 90 → "90 W"; 1450 → "1.45 kW". */
export function watts(power: number | null): string {
  if (power === null) return unknown;
  const size = Math.abs(power);
  if (size >= 999.5) return `${(power / 1000).toFixed(size >= 9995 ? 1 : 2)}${joined}kW`;
  return `${power.toFixed(size > 0.05 && size < 9.95 ? 1 : 0)}${joined}W`;
}

/** 0.3141 → "0.314"; with a unit "210 g". */
export const plain = (value: number | null, digits: number, unit = ""): string =>
  value === null
    ? unknown
    : `${value < 0 ? minus : ""}${Math.abs(value).toFixed(digits)}${unit && joined + unit}`;

const hashUnits = ["H/s", "kH/s", "MH/s", "GH/s", "TH/s", "PH/s"] as const;

/** 4.2e6 → "4.20 MH/s". */
export function hashRate(hashesPerSecond: number | null): string {
  if (hashesPerSecond === null) return unknown;
  let unit = 0;
  let value = hashesPerSecond;
  while (value >= 999.5 && unit < hashUnits.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.5 ? 0 : value >= 9.95 ? 1 : 2;
  return `${value.toFixed(digits)}${joined}${hashUnits[unit]}`;
}

/** 1.234 → "1.23"; small amounts keep three places. */
export function kilowattHours(kwh: number): string {
  const size = Math.abs(kwh);
  return kwh.toFixed(size >= 9.995 ? 1 : size >= 0.0995 ? 2 : 3);
}

/** 0.0004 → "0.40 Wh"; 1.234 → "1.23 kWh". */
export function energy(kwh: number): string {
  if (kwh >= 0.0995) return `${kilowattHours(kwh)}${joined}kWh`;
  const wattHours = kwh * 1000;
  return `${wattHours.toFixed(wattHours >= 9.95 ? 0 : wattHours >= 0.995 ? 1 : 2)}${joined}Wh`;
}

export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** "€1.23"; amounts below ten cents keep three places. */
export function money({ amount, currency }: Money, language = locale): string {
  const value = Number(amount);
  const small = value !== 0 && Math.abs(value) < 0.0995;
  return new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    ...(small ? { minimumFractionDigits: 3, maximumFractionDigits: 3 } : {}),
  }).format(value);
}

/** "$0.0000045", "$12.50": with three digits of what is small, since a task costs millionths. */
export function price({ amount, currency }: Money, language = locale): string {
  const value = Number(amount);
  const size = Math.abs(value);
  const digits = size === 0 ? 2 : Math.min(6, Math.max(2, 2 - Math.floor(Math.log10(size))));
  return new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  }).format(value);
}

/** 12345 → "12,345". */
export const count = (things: number, language = locale): string =>
  new Intl.NumberFormat(language).format(things);

/** "12,345"; below a hundred with fractions, since one computer's hashes earn only that: "0.042", "< 0.001". */
export function satoshis(sats: string, language = locale): string {
  const value = Number(sats);
  const size = Math.abs(value);
  if (size > 0 && size < 0.001) return "< 0.001";
  const digits = size >= 100 || size === 0 ? 0 : size >= 1 ? 2 : 3;
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** "40 s", "6 min", "2 h 5 min", "3 days". */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(0, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) {
    const rest = minutes % 60;
    return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
  }
  return `${Math.round(minutes / 1440)} days`;
}

/** "holding 90 W" → "Holding 90 W". */
export const sentence = (words: string) => words.slice(0, 1).toUpperCase() + words.slice(1);
