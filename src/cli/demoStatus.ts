import type { SiteView } from "../wire/index.ts";

/** How a virtual home goes, in one line of a terminal of 80 columns; the hashes are those that are real. */
export function demoStatus({ sinks, heaters, now, timezone, virtual }: SiteView): string {
  const time = new Date(now).toLocaleTimeString("en-GB", { timeZone: timezone, timeStyle: "short" });
  const real = heaters.filter(({ driver }) => driver === "this-computer");
  const rate = total(real.map(({ hashesPerSecond }) => hashesPerSecond)) / 1e6;
  return [
    `${time} ${virtual?.speed ?? 1}×`,
    ...sinks.map(
      ({ name, temperatureC, comfort }) =>
        `${name} ${temperatureC?.toFixed(1) ?? "—"}/${comfort.targetC.toFixed(1)} °C`,
    ),
    `${Math.round(total(heaters.map(({ watts }) => watts)))} W`,
    `${rate.toFixed(1)} MH/s real`,
  ].join(" · ");
}

const total = (figures: readonly (number | null | undefined)[]): number =>
  figures.reduce<number>((sum, figure) => sum + (figure ?? 0), 0);
