/** How each way to heat or to control is named and drawn; by its place among the styles `--s1` … `--s6`. */
export const systemStyles: Readonly<
  Record<string, { readonly name: string; readonly color: string; readonly dash: string }>
> = {
  resistive: { name: "Electric heaters", color: "var(--s1)", dash: "2 3" },
  gas: { name: "Gas boiler", color: "var(--s2)", dash: "7 3" },
  district: { name: "District heat", color: "var(--s2)", dash: "2 4" },
  "heat-pump": { name: "Heat pump", color: "var(--s3)", dash: "" },
  "heater-mining": { name: "Compute heater, mining", color: "var(--s4)", dash: "" },
  "heater-jobs": { name: "Compute heater, jobs", color: "var(--s5)", dash: "9 3 2 3" },
  "heater-beside-heat-pump": { name: "Compute heater beside a heat pump", color: "var(--s6)", dash: "4 2" },
  plain: { name: "Plain thermostat", color: "var(--s3)", dash: "5 3" },
  planner: { name: "Planner", color: "var(--s4)", dash: "" },
  price: { name: "Price", color: "var(--s1)", dash: "" },
  outside: { name: "Outside", color: "var(--s1)", dash: "" },
};

export const styleOf = (system: string) =>
  systemStyles[system] ?? { name: system, color: "currentColor", dash: "" };

/** Text for HTML and SVG. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A figure with thin spaces between thousands. */
export const figure = (value: number, digits = 0): string =>
  (Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value)
    .toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .replace("-", "−");

/** Round steps that cover a range in about five parts. */
export function ticksOf(low: number, high: number): readonly number[] {
  const rough = Math.max(1e-9, (high - low) / 5);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}
