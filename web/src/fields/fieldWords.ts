/** Units that end the names of keys, as HOUSE names them. */
const units = [
  [/PerKwh$/, "per kWh", ""],
  [/Watts$/, "W", "Power"],
  [/Seconds$/, "s", ""],
  [/Minutes$/, "min", ""],
  [/Mhz$/, "MHz", ""],
  [/Mv$/, "mV", ""],
  [/M2$/, "m²", ""],
  [/(?<=[a-z])C$/, "°C", ""],
  [/(?<=[a-z])K$/, "K", ""],
] as const;

const whole: Readonly<Record<string, { label: string; unit: string }>> = {
  watts: { label: "Power", unit: "W" },
  kgPerKwh: { label: "Carbon dioxide", unit: "kg/kWh" },
  perKwh: { label: "Price", unit: "per kWh" },
  perKw: { label: "Price", unit: "per kW" },
  vatPercent: { label: "VAT", unit: "%" },
  alarmAfterHours: { label: "Alarm after", unit: "h" },
  id: { label: "Id", unit: "" },
  url: { label: "Address", unit: "" },
};

/** A key as people read it, and its unit: "fullWatts" → "Full power" in W, "minOnMinutes" → "Min on" in min. */
export function fieldWords(key: string): { readonly label: string; readonly unit: string } {
  const known = whole[key];
  if (known) return known;
  for (const [ending, unit, noun] of units) {
    if (ending.test(key)) return { label: spaced(key.replace(ending, noun)), unit };
  }
  return { label: spaced(key), unit: "" };
}

/** Lists of a site, as one entry of them is called in forms. */
const entries: Readonly<Record<string, string>> = { sinks: "Room", heaters: "Heater" };

/** Where a key of hearth.yaml is in the forms: "site.feeder.maxWatts" → "Feeder › Max power", "sinks[1].name" → "Room 2 › Name". */
export function pathWords(path: string): string {
  const parts = path.split(".").flatMap((part) => {
    const [, key = part, index] = /^(.+)\[(\d+)\]$/.exec(part) ?? [];
    if (key === "site") return [];
    const label = entries[key] ?? fieldWords(key).label;
    return [index === undefined ? label : `${label} ${Number(index) + 1}`];
  });
  return parts.join(" › ");
}

function spaced(key: string): string {
  const words = key.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
