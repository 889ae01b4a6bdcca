import type { z } from "zod";
import { type Clock, messageOf, Seconds } from "../../domain/index.ts";
import type { DriverContext } from "../../drivers/index.ts";
import type { HeaterDriver, SensorDriver } from "../../heat/index.ts";
import type { DeviceTest, DeviceTestRequest } from "../../wire/index.ts";
import { iso } from "../apiViews.ts";
import { atMost } from "../atMost.ts";
import { sensorSchema } from "../config/sinkConfig.ts";
import { heaterSchema } from "../config/siteConfig.ts";
import { invalid } from "../config/yamlFile.ts";

const answerWithin = Seconds(10);
const lookEvery = Seconds(0.2);
const anyHeater = { id: "new", sink: "new" };

/**
 * Opens a device as an entry of hearth.yaml describes it, asks it once, and lets go of it without switching it.
 * @throws {HearthworkError} `config/invalid` for an entry that no file may hold.
 */
export async function testDevice(
  { kind, entry }: DeviceTestRequest,
  context: DriverContext,
  host: Clock,
): Promise<DeviceTest> {
  try {
    if (kind === "heater") {
      const { definition, driverConfig } = parsed(heaterSchema, { ...anyHeater, ...entry });
      return await testHeater(await definition.open(driverConfig, context), host);
    }
    const { definition, driverConfig } = parsed(sensorSchema, entry);
    return await testSensor(await definition.open(driverConfig, context), host);
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "config/invalid") throw thrown;
    return { ok: false, message: messageOf(thrown), heater: null, sensor: null };
  }
}

function parsed<Output>(schema: z.ZodType<Output>, entry: unknown): Output {
  const result = schema.safeParse(entry);
  if (result.success) return result.data;
  throw invalid(
    "the entry",
    result.error.issues.map(({ path, message }) => ({ line: 1, key: path.join("."), message })),
  );
}

async function testHeater(driver: HeaterDriver, host: Clock): Promise<DeviceTest> {
  const { traits } = driver;
  const ended = new AbortController();
  try {
    const reading = await Promise.race([
      driver.read(ended.signal),
      host.sleep(answerWithin, ended.signal).then(() => {
        throw new Error(`it gave no answer within ${answerWithin} s`);
      }),
    ]);
    const { watts, provenance, workload, temperature, hashrate, faults } = reading;
    return {
      ok: true,
      message: `It answers: ${Math.round(watts)} W, ${workload === "idle" ? "idle" : `at ${workload}`}`,
      heater: {
        watts,
        provenance,
        workload,
        temperatureC: temperature ?? null,
        hashesPerSecond: hashrate ?? null,
        faults: [...faults],
        powers: powersOf(traits.steps.mining ?? traits.steps.heating),
        idleWatts: traits.idleWatts,
        maxWatts: traits.maxWatts,
        safeState: traits.safeState.description,
      },
      sensor: null,
    };
  } finally {
    ended.abort();
    await atMost(host, answerWithin, driver.leave());
  }
}

function powersOf(steps: HeaterDriver["traits"]["steps"]["mining"]) {
  if (!steps) return null;
  return steps.kind === "levels" ? { kind: steps.kind, watts: [...steps.watts] } : steps;
}

async function testSensor(driver: SensorDriver, host: Clock): Promise<DeviceTest> {
  const until = host.monotonic() + answerWithin;
  try {
    while (!driver.latest() && host.monotonic() < until) await host.sleep(lookEvery);
    const reading = driver.latest();
    if (!reading) {
      const why = driver.trouble() ?? `it said nothing within ${answerWithin} s; it may speak seldom`;
      return { ok: false, message: why, heater: null, sensor: null };
    }
    return {
      ok: true,
      message: `It says ${reading.value.toFixed(1)} °C`,
      heater: null,
      sensor: { temperatureC: reading.value, at: iso(reading.at) },
    };
  } finally {
    await atMost(host, answerWithin, driver.close());
  }
}
