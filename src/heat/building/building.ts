import { z } from "zod";

/** "23-7": from 23 to 7 o'clock, across midnight; "0-24" is the whole day. */
const hours = z
  .string()
  .refine((text) => {
    const [from, to] = text.split("-").map(Number);
    return /^\d{1,2}-\d{1,2}$/.test(text) && (from ?? 99) <= 23 && (to ?? 99) <= 24;
  }, 'write it like "23-7": from one full hour to another')
  .transform((text) => {
    const [from = 0, to = 24] = text.split("-").map(Number);
    return { from, to };
  });

const setpoints = z
  .union([
    z.number().min(-30).max(80),
    z.array(z.strictObject({ hours, setpointC: z.number().min(-30).max(80) })).max(24),
  ])
  .describe("°C all day, or by hours; in the hours that no entry names it is off");

const conditioning = z
  .union([
    z.literal("off"),
    z.strictObject({ setpoints, maxPowerW: z.number().min(0).max(10_000_000).optional() }),
  ])
  .default("off");

const name = z.string().min(1).max(60);
const azimuthDeg = z.number().min(-360).max(360).describe("0 = north, clockwise");
const tiltDeg = z.number().min(0).max(180).describe("0 = flat roof, 90 = wall, 180 = floor");

const overhangSchema = z.strictObject({
  depthM: z.number().min(0).max(20),
  gapM: z.number().min(0).max(20).default(0).describe("between the window's top and the overhang"),
});

const siteSchema = z.strictObject({
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  timezone: z.union([z.number().min(-14).max(14), z.string().max(60)]).optional(),
  altitudeM: z.number().min(-500).max(6000).optional(),
});

const zoneSchema = z.strictObject({
  name: name.default("main"),
  floorAreaM2: z.number().min(1).max(100_000),
  volumeM3: z.number().min(1).max(1_000_000),
  mass: z
    .union([
      z.enum(["light", "medium", "heavy"]),
      z.strictObject({
        capacityJPerM2K: z.number().min(1000).max(2_000_000).describe("per m² of floor"),
        massAreaFactor: z.number().min(0.1).max(10).describe("effective area of the mass per m² of floor"),
      }),
    ])
    .default("medium"),
  infiltrationPerHour: z.number().min(0).max(50).default(0.5),
  internalGainW: z.number().min(0).max(10_000_000).default(0),
  groundCoupled: z
    .boolean()
    .default(true)
    .describe("whether what is adjacent to ground meets the ground's temperature, or else outdoor air"),
});

const opaqueSchema = z.strictObject({
  name: name.optional(),
  areaM2: z.number().min(0).max(1_000_000),
  uValue: z.number().min(0.01).max(10).describe("W/(m²K), films included"),
  azimuthDeg: azimuthDeg.default(0),
  tiltDeg: tiltDeg.default(90),
  absorptance: z.number().min(0).max(1).default(0.6).describe("of sunlight, outside"),
  adjacent: z.enum(["outside", "ground"]).default("outside"),
});

const windowSchema = z.strictObject({
  name: name.optional(),
  areaM2: z.number().min(0).max(1_000_000),
  heightM: z.number().min(0.1).max(100).optional().describe("for the shade of an overhang; default 2"),
  uValue: z.number().min(0.1).max(10).describe("W/(m²K), films included"),
  gValue: z.number().min(0).max(1).describe("at normal incidence"),
  azimuthDeg,
  tiltDeg: tiltDeg.default(90),
  overhang: overhangSchema.optional(),
});

/** A zone, what encloses it, and how it is kept. */
const enclosedZone = {
  zone: zoneSchema,
  opaque: z.array(opaqueSchema).max(200).default([]),
  windows: z.array(windowSchema).max(200).default([]),
  heating: conditioning,
  cooling: conditioning,
  ventilation: z
    .array(z.strictObject({ hours, perHour: z.number().min(0).max(200) }))
    .max(24)
    .default([])
    .describe("air changes beside infiltration, by hours"),
};

const betweenSchema = z
  .strictObject({
    zones: z.tuple([name, name]).describe("the names of two zones"),
    areaM2: z.number().min(0).max(1_000_000).default(0),
    uValue: z.number().min(0.01).max(10).default(2).describe("W/(m²K), films on both sides included"),
    airM3PerHour: z.number().min(0).max(1_000_000).default(0).describe("exchanged, as by an open door"),
  })
  .describe("what two zones exchange heat by");

/** A building file: a zone, and where there are more, the others and what lies between them. */
export const buildingSchema = z
  .strictObject({
    name: name.optional(),
    site: siteSchema.prefault({}),
    ...enclosedZone,
    zones: z.array(z.strictObject(enclosedZone)).max(19).default([]).describe("further zones"),
    between: z.array(betweenSchema).max(200).default([]),
  })
  .superRefine((building, context) => {
    const names = [building.zone.name, ...building.zones.map(({ zone }) => zone.name)];
    names.forEach((one, index) => {
      if (names.indexOf(one) === index) return;
      const message = `each zone needs a name of its own; there is another "${one}"`;
      context.addIssue({ code: "custom", path: ["zones", index - 1, "zone", "name"], message });
    });
    building.between.forEach(({ zones }, index) => {
      const message = `name two different zones of: ${names.join(", ")}`;
      const isRight = zones[0] !== zones[1] && zones.every((one) => names.includes(one));
      if (!isRight) context.addIssue({ code: "custom", path: ["between", index, "zones"], message });
    });
  });

export type Building = z.output<typeof buildingSchema>;
/** One zone of a building with all that a model of it needs. */
export type EnclosedZone = Omit<Building, "name" | "zones" | "between">;
export type OpaqueElement = Building["opaque"][number];
export type Window = Building["windows"][number];
export type Conditioning = Building["heating"];

interface Hours {
  readonly from: number;
  readonly to: number;
}

/** Whether the hour of the day that begins at `hour` (0 … 23) is among them. */
export const includesHour = ({ from, to }: Hours, hour: number): boolean =>
  from < to ? hour >= from && hour < to : hour >= from || hour < to;

/** By hour of the day: the set-point, °C, or NaN where it is off. */
export function setpointsByHour(conditioning: Conditioning): Float64Array {
  const day = new Float64Array(24).fill(Number.NaN);
  if (conditioning === "off") return day;
  const { setpoints: wanted } = conditioning;
  if (typeof wanted === "number") return day.fill(wanted);
  for (const { hours: span, setpointC } of wanted) {
    for (let hour = 0; hour < 24; hour++) if (includesHour(span, hour)) day[hour] = setpointC;
  }
  return day;
}

export const maxPowerOf = (conditioning: Conditioning): number =>
  conditioning === "off" ? 0 : (conditioning.maxPowerW ?? Number.POSITIVE_INFINITY);

/** The zones of a building, the first one first. */
export const zonesOf = ({ site, zones, ...first }: Building): readonly EnclosedZone[] => [
  { site, ...first },
  ...zones.map((zone) => ({ site, ...zone })),
];

/** By hour of the day: all air changes per hour. */
export function airChangesByHour({ zone, ventilation }: EnclosedZone): Float64Array {
  return new Float64Array(24).map((_, hour) =>
    ventilation.reduce(
      (sum, { hours: span, perHour }) => sum + (includesHour(span, hour) ? perHour : 0),
      zone.infiltrationPerHour,
    ),
  );
}

/** Heat carried by one air change per hour of a cubic metre, W/K: the air thins with altitude (ISA's pressure). */
export const airWattsPerKelvin = (altitudeM: number): number =>
  (1.204 * (1 - 2.25577e-5 * altitudeM) ** 5.2559 * 1006) / 3600;

/** ISO 13790, table 12, per m² of floor. */
const massClasses = {
  light: { capacityJPerM2K: 110_000, massAreaFactor: 2.5 },
  medium: { capacityJPerM2K: 165_000, massAreaFactor: 2.5 },
  heavy: { capacityJPerM2K: 260_000, massAreaFactor: 3 },
} as const;

export const massOf = ({
  zone,
}: Pick<EnclosedZone, "zone">): { capacityJPerM2K: number; massAreaFactor: number } =>
  typeof zone.mass === "string" ? massClasses[zone.mass] : zone.mass;
