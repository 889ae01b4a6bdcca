import { z } from "zod";
import { type Celsius, SinkId } from "../../domain/index.ts";
import { sensorDrivers } from "../../drivers/index.ts";
import {
  controlDefaults,
  drawOffProfiles,
  legionellaRule,
  mildDay,
  roomModel,
  sinkProblems,
  steadyRoom,
  tankModel,
} from "../../heat/index.ts";
import { celsius, id, minutes, seconds, watts, weeklySpan } from "./scalars.ts";
import { withDriver } from "./withDriver.ts";

const defaults = controlDefaults;

const comfortSchema = <SetBack extends z.ZodType<Celsius>, Band extends z.ZodType<number>>(
  setBackC: SetBack,
  bandK: Band,
  targetC: z.ZodType<Celsius, number>,
) =>
  z
    .strictObject({
      setBackC,
      bandK,
      week: z
        .array(z.strictObject({ ...weeklySpan, targetC }))
        .max(100)
        .default([]),
    })
    .transform(({ week, ...comfort }) => ({ ...comfort, entries: week }));

const roomComfortSchema = comfortSchema(
  celsius(5, 30),
  z.number().min(0.1).max(3).default(defaults.bandK),
  celsius(5, 30),
);

const tankComfortSchema = comfortSchema(
  celsius(20, 80)
    .prefault(defaults.tank.targetC)
    .describe("Wanted outside all entries of the week; it is heated from bandK below up to this"),
  z.number().min(1).max(10).default(defaults.tank.bandK),
  celsius(20, 80),
);

const fallbackSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("stop") }),
  z
    .strictObject({ kind: z.literal("run"), watts: watts(100_000), atMostMinutes: minutes(1, 1440) })
    .transform(({ kind, watts, atMostMinutes }) => ({ kind, watts, atMost: atMostMinutes })),
]);

export const sensorKeys = {
  staleAfterSeconds: seconds(10, 3600)
    .prefault(defaults.sensor.staleAfter)
    .describe("A newer reading is missing for so long: the estimate goes on alone"),
  lostAfterSeconds: seconds(30, 7200)
    .prefault(defaults.sensor.lostAfter)
    .describe("No believable reading for so long: the fallback acts"),
  plausible: z
    .strictObject({ minC: celsius(-60, 20), maxC: celsius(20, 110) })
    .optional()
    .describe("Readings outside are absurd; without it 1 to 50 °C in a room, 1 to 99 °C in a tank"),
};
export const sensorSchema = withDriver(sensorKeys, sensorDrivers);

const joulesPerKelvin = z.number().min(1000).max(1e10);
const wattsPerKelvin = z.number().min(0.1).max(100_000);
const identifiedSchema = z.strictObject({
  airJoulesPerKelvin: joulesPerKelvin,
  fabricJoulesPerKelvin: joulesPerKelvin,
  airToOutsideWattsPerKelvin: wattsPerKelvin,
  fabricToOutsideWattsPerKelvin: wattsPerKelvin,
  airToFabricWattsPerKelvin: wattsPerKelvin,
});

const everySink = {
  id: id.transform(SinkId),
  name: z.string().min(1).max(60).optional(),
};

export const roomSchema = z.strictObject({
  ...everySink,
  kind: z.enum(["room"]).default("room"),
  sensor: sensorSchema,
  comfort: roomComfortSchema,
  limits: z
    .strictObject({
      maxC: celsius(10, 35).prefault(defaults.roomLimits.maxC),
      minC: celsius(0, 25).prefault(defaults.roomLimits.minC),
    })
    .prefault({}),
  model: z
    .strictObject({
      areaM2: z.number().min(1).max(10_000),
      insulation: z.enum(["poor", "average", "good"]).default("average"),
      identified: identifiedSchema
        .optional()
        .describe("What hearthwork study room found; it counts instead of the two above"),
    })
    .prefault({ areaM2: 20 })
    .transform(({ identified, ...described }) => ({ ...roomModel(described), ...identified })),
  fallback: fallbackSchema.prefault(defaults.fallback),
});

const disinfectionSchema = z
  .strictObject({
    celsius: z
      .number()
      .min(55)
      .max(75)
      .default(legionellaRule.celsius)
      .describe("So hot the water has to be"),
    holdMinutes: minutes(1, 240).prefault(legionellaRule.holdSeconds / 60),
    everyDays: z
      .number()
      .min(1)
      .max(30)
      .default(legionellaRule.everyHours / 24)
      .describe("At least this often"),
  })
  .transform(({ celsius: hot, holdMinutes, everyDays }) => ({
    celsius: hot,
    holdSeconds: holdMinutes as number,
    everyHours: everyDays * 24,
  }));

const hotWaterSchema = z
  .strictObject({
    litresPerDay: z.number().min(0).max(5000).default(defaults.tank.litresPerDay),
    profile: z.enum(drawOffProfiles).default("household"),
    tapC: celsius(20, 70).prefault(defaults.tank.tapC),
    mainsC: celsius(1, 30).prefault(defaults.tank.mainsC),
  })
  .describe("What is drawn of it, for the plan");

export const tankSchema = z.strictObject({
  ...everySink,
  kind: z.literal("tank"),
  sensor: sensorSchema,
  litres: z.number().min(5).max(20_000),
  lossWattsPerKelvin: z
    .number()
    .min(0.1)
    .max(50)
    .default(1.5)
    .describe(
      "What it loses per kelvin above the place where it stands; a label's kWh a day is about the same figure",
    ),
  aroundC: celsius(-10, 40)
    .prefault(defaults.tank.aroundC)
    .describe("The temperature of the place where it stands"),
  comfort: tankComfortSchema.prefault({}),
  limits: z
    .strictObject({
      maxC: celsius(40, 90)
        .prefault(defaults.tank.limits.maxC)
        .describe("Above this nothing heats it, whoever asks"),
      minC: celsius(1, 20).prefault(defaults.tank.limits.minC),
    })
    .prefault({}),
  disinfection: z
    .union([z.literal(false), disinfectionSchema])
    .prefault({})
    .describe("Against legionella; false where something else sees to it"),
  hotWater: hotWaterSchema.prefault({}),
  storeC: celsius(30, 85)
    .prefault(defaults.tank.storeC)
    .describe("So warm a plan may make it while energy is cheap; limits.maxC less bandK at most"),
});

type RoomEntry = z.output<typeof roomSchema>;
type TankEntry = z.output<typeof tankSchema>;

const fallback = { kind: "stop" } as const;
const tankOf = ({ disinfection, storeC, ...tank }: TankEntry) => ({
  ...tank,
  model: tankModel(tank),
  fallback,
  disinfection: disinfection === false ? null : disinfection,
  storeC,
});
export type SinkEntry = RoomEntry | ReturnType<typeof tankOf>;

/** Where heat goes: a room unless it says that it is a tank. */
export const sinkSchema = z.discriminatedUnion("kind", [
  roomSchema
    .extend({ kind: z.enum(["room"]).optional() })
    .transform((room) => ({ ...room, kind: "room" as const })),
  tankSchema.transform(tankOf),
]);

/** What is wrong with a sink beyond its keys: the key under which, and in words. */
export function problemsOfSink(
  sink: SinkEntry,
): readonly { readonly path: string[]; readonly message: string }[] {
  const { limits, comfort, sensor, fallback: without, model } = sink;
  const problems = sinkProblems(sink).map((message) => ({ path: ["limits"], message }));
  if (without.kind === "run") {
    const { air } = steadyRoom(model, { outdoor: mildDay, heat: without.watts });
    if (air > limits.maxC) {
      problems.push({
        path: ["fallback", "watts"],
        message: `would bring the room to ${air.toFixed(0)} °C on a day of ${mildDay} °C; limits.maxC is ${limits.maxC} °C`,
      });
    }
  }
  const warmest = Math.max(comfort.setBackC, ...comfort.entries.map((entry) => entry.targetC));
  if (warmest + comfort.bandK > limits.maxC) {
    problems.push({
      path: ["comfort"],
      message: `wants ${warmest} °C; limits.maxC is ${limits.maxC} °C, of which its band of ${comfort.bandK} K has to be left`,
    });
  }
  if (sensor.ours.lostAfterSeconds < sensor.ours.staleAfterSeconds) {
    problems.push({ path: ["sensor", "lostAfterSeconds"], message: "must not be below staleAfterSeconds" });
  }
  return problems;
}
