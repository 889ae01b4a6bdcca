import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { HeaterId, SinkId } from "../../domain/index.ts";
import { heaterDrivers, meterDrivers, plugDrivers, plugKeys } from "../../drivers/index.ts";
import { counterfactualDefaults, equipmentDefaults } from "../../energy/index.ts";
import { controlDefaults } from "../../heat/index.ts";
import { exchangeSchema } from "./exchangeConfig.ts";
import { carbonSchema, tariffSchema, weatherSchema } from "./feedsConfig.ts";
import { deviceOf } from "../deviceOf.ts";
import { completedByDevices } from "./heaterDevices.ts";
import { alarmsSchema, homeAssistantSchema } from "./outletsConfig.ts";
import { type LoadEntry, loadsSchema, problemsOfLoads } from "./loadConfig.ts";
import { celsius, id, minutes, price, seconds, timezone, watts, weeklySpan } from "./scalars.ts";
import { problemsOfSink, sinkSchema } from "./sinkConfig.ts";
import { hazardsOf } from "./unsafeSite.ts";
import { withDriver } from "./withDriver.ts";

const defaults = controlDefaults;

const purchaseSchema = z.strictObject({
  price: price
    .refine((micros) => micros >= 0n, "must not be below 0")
    .optional()
    .describe("What it cost, in the tariff's currency; it wears off in a straight line"),
  lifeYears: z
    .number()
    .min(0.5)
    .max(100)
    .default(equipmentDefaults.lifeYears)
    .describe("How long it is used"),
  embodiedKg: z
    .number()
    .min(0)
    .max(100_000)
    .optional()
    .describe(`kg of CO₂e that making it emitted; ${equipmentDefaults.embodiedKg} is assumed without it`),
});

export const heaterKeys = {
  id: id.transform(HeaterId),
  name: z.string().min(1).max(60).optional().describe("Shown on the page; without it the id"),
  sink: id.transform(SinkId).describe("The id of the sink that its heat goes to"),
  minOnMinutes: minutes(0, 240)
    .prefault(defaults.minOn / 60)
    .describe("Once on, on for so long; hard limits do not wait for it"),
  minOffMinutes: minutes(0, 240)
    .prefault(defaults.minOff / 60)
    .describe("Once off, off for so long"),
  trusted: z.boolean().default(false).describe("Whether it is counted on without a trial of its powers"),
  maxStartsPerHour: z
    .int()
    .min(1)
    .max(60)
    .default(defaults.maxStartsPerHour)
    .describe("It is started no more often than this"),
  quiet: z
    .array(z.strictObject({ ...weeklySpan, maxWatts: watts(100_000) }))
    .max(50)
    .default([])
    .describe("Hours in which it is held to fewer watts, so that it is quiet"),
  maxPricePerKwh: price
    .optional()
    .describe("It is off while a kWh costs more, in the tariff's currency; frost asks for no price"),
  maxDeviceC: celsius(30, 120).prefault(defaults.deviceMaxC).describe("At this temperature it is stopped"),
  heatShare: z.number().min(0).max(1).default(1).describe("The share of its power that ends as heat there"),
  purchase: purchaseSchema
    .optional()
    .describe("What it cost to buy and to make, for the ledger: apart from what its energy costs"),
  plug: withDriver(plugKeys, plugDrivers).optional().describe("The metered plug that it hangs on"),
  meter: withDriver({}, meterDrivers)
    .optional()
    .describe("A meter of what it draws, where no plug meters it"),
};
export const heaterSchema = withDriver(heaterKeys, heaterDrivers).transform((heater, issues) =>
  completedByDevices(heater, (key, message) =>
    issues.issues.push({ code: "custom", path: [key], message, input: heater }),
  ),
);

const perKwh = price.describe("of its fuel or heat, in the tariff's currency");

/** What the site's heat is compared with, and what it earns in money. */
const economicsSchema = z.strictObject({
  heatInstead: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("resistive") }),
    z.strictObject({
      kind: z.literal("heat-pump"),
      seasonalPerformance: z.number().min(1).max(10).default(counterfactualDefaults.seasonalPerformance),
    }),
    z.strictObject({
      kind: z.enum(["gas", "oil"]),
      pricePerKwh: perKwh,
      efficiency: z.number().min(0.3).max(1.1).default(counterfactualDefaults.efficiency),
    }),
    z.strictObject({
      kind: z.literal("district"),
      pricePerKwh: perKwh,
      kgPerKwh: z.number().min(0).max(2),
    }),
  ]),
  bitcoinPrice: price
    .optional()
    .describe("of one bitcoin in the tariff's currency; without it sats stay sats"),
});

const planSchema = z.strictObject({
  hours: z.number().min(12).max(36).default(24).describe("How far ahead is planned"),
  warmerK: z
    .number()
    .min(0)
    .max(3)
    .default(1)
    .describe("So much warmer than its target a room may be made while energy is cheap"),
  carbonPerKg: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .describe("What a kg of CO₂ of the grid counts like, in the tariff's currency"),
});

const solarSchema = z.strictObject({
  kWp: z.number().min(0.1).max(1000).describe("Peak power by its data sheet"),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  tiltDeg: z.number().min(0).max(90).default(35).describe("0 lies flat, 90 hangs on a wall"),
  azimuthDeg: z.number().min(0).max(360).default(180).describe("Where it faces: from north, clockwise"),
  performance: z.number().min(0.3).max(1).default(0.8).describe("What is left of its power at the meter"),
  baseWatts: watts(100_000)
    .prefault(300)
    .describe("What the house draws beside the heaters, where no meter shows it"),
  gramsPerKwh: z.number().min(0).max(500).default(0).describe("Of CO₂, for a kWh of them"),
});

export const siteSchema = z.strictObject({
  name: z.string().min(1).max(60).default("Home"),
  timezone,
  meter: withDriver({}, meterDrivers).optional().describe("A meter of what the whole site draws; recorded"),
  feeder: z.strictObject({
    maxWatts: watts(1_000_000),
    staggerSeconds: seconds(0, 600).prefault(defaults.stagger),
  }),
  tariff: tariffSchema,
  carbon: carbonSchema.optional(),
  weather: weatherSchema.optional(),
  economics: economicsSchema.optional(),
  solar: solarSchema
    .optional()
    .describe(
      "Photovoltaics, which the plan uses before it buys and the ledger counts where a meter shows them",
    ),
  plan: planSchema
    .optional()
    .describe("Heats ahead while energy is cheap; without it each room is heated when it is cold"),
});

/** Whether two entries speak of one device, or of one plug: two controllers of it would undo each other's guards. */
function isSameDevice(one: HeaterEntry, other: HeaterEntry | undefined): boolean {
  if (!other) return false;
  const plugOf = ({ ours: { plug } }: HeaterEntry) => plug && [plug.definition.name, plug.driverConfig];
  const [plug, otherPlug] = [plugOf(one), plugOf(other)];
  if (plug && otherPlug && isDeepStrictEqual(plug, otherPlug)) return true;
  return deviceOf(one) === deviceOf(other);
}

type HeaterEntry = z.output<typeof heaterSchema>;
type SinkEntry = z.output<typeof sinkSchema>;

/** Whether a tank is heated by another sink's thermometer: a line that was copied, and no bound on its heat. */
function isTankBySensorOf(one: SinkEntry, other: SinkEntry): boolean {
  if (one.kind !== "tank" && other.kind !== "tank") return false;
  const sensorOf = ({ sensor }: SinkEntry) => [sensor.definition.name, sensor.driverConfig];
  return isDeepStrictEqual(sensorOf(one), sensorOf(other));
}

/** A load's id is a heater's among them all, and its plug is nobody else's. */
function complainOfLoads(
  { heaters, loads }: { readonly heaters: readonly HeaterEntry[]; readonly loads: readonly LoadEntry[] },
  complain: (path: (string | number)[], message: string) => void,
): void {
  const others = [
    ...heaters.map(({ ours: { id: name, plug } }) => ({ id: name as string, plug })),
    ...loads.map(({ ours: { id: name, plug } }) => ({ id: name, plug })),
  ];
  loads.forEach(({ ours }, index) => {
    const before = others.slice(0, heaters.length + index);
    if (before.some((one) => one.id === ours.id))
      complain(["loads", index, "id"], `"${ours.id}" is taken already`);
    const plugOf = ({ definition, driverConfig }: LoadEntry["ours"]["plug"]) => [
      definition.name,
      driverConfig,
    ];
    const twin = before.find(({ plug }) => plug && isDeepStrictEqual(plugOf(plug), plugOf(ours.plug)));
    if (twin) complain(["loads", index, "plug"], `is the plug of "${twin.id}" already`);
  });
}

/** What hearth.yaml may say, and what each key means when it is left out. */
export const siteConfigSchema = z
  .strictObject({
    site: siteSchema,
    sinks: z.array(sinkSchema).min(1).max(32),
    heaters: z.array(heaterSchema).min(1).max(64),
    loads: loadsSchema.describe("What may run at any time before a deadline, behind plugs"),
    alarms: alarmsSchema.optional(),
    homeAssistant: homeAssistantSchema.optional(),
    exchange: exchangeSchema
      .optional()
      .describe("Offers heaters to an exchange, which has tasks run on them"),
  })
  .check(({ value, issues }) => {
    if (issues.length > 0) return;
    const { sinks, heaters } = value;
    const complain = (path: (string | number)[], message: string) =>
      issues.push({ code: "custom", path, message, input: undefined });
    const sinkIds = sinks.map((sink) => sink.id);
    const heaterIds = heaters.map((heater) => heater.ours.id);
    sinkIds.forEach((sinkId, index) => {
      if (sinkIds.indexOf(sinkId) < index) complain(["sinks", index, "id"], `"${sinkId}" is taken already`);
    });
    heaterIds.forEach((heaterId, index) => {
      if (heaterIds.indexOf(heaterId) < index) {
        complain(["heaters", index, "id"], `"${heaterId}" is taken already`);
      }
      const twin = heaters.slice(0, index).find((other) => isSameDevice(other, heaters[index]));
      if (twin) {
        complain(["heaters", index], `is the same device as "${twin.ours.id}", or hangs on the same plug`);
      }
      const sink = heaters[index]?.ours.sink;
      if (sink && !sinkIds.includes(sink)) {
        complain(["heaters", index, "sink"], `there is no sink "${sink}"; there are ${sinkIds.join(", ")}`);
      }
    });
    value.exchange?.heaters?.forEach((id, index) => {
      if (!heaterIds.includes(id)) {
        complain(
          ["exchange", "heaters", index],
          `there is no heater "${id}"; there are ${heaterIds.join(", ")}`,
        );
      }
    });
    sinks.forEach((sink, index) => {
      const twin = sinks.slice(0, index).find((other) => isTankBySensorOf(sink, other));
      if (twin) {
        complain(
          ["sinks", index, "sensor"],
          `is that of "${twin.id}", too: a tank has a thermometer of its own`,
        );
      }
      for (const { path, message } of problemsOfSink(sink)) complain(["sinks", index, ...path], message);
    });
    complainOfLoads(value, complain);
    if (issues.length > 0) return;
    for (const { path, message, isUnsafe } of problemsOfLoads(value.loads, value.site)) {
      issues.push({
        code: "custom",
        path: [...path],
        message,
        input: undefined,
        ...(isUnsafe ? { params: { unsafe: true } } : {}),
      });
    }
    for (const { path, message } of hazardsOf(value)) {
      issues.push({ code: "custom", path: [...path], message, input: undefined, params: { unsafe: true } });
    }
  });
export type SiteConfig = z.output<typeof siteConfigSchema>;
