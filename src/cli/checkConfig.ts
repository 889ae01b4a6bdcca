import { HearthworkError } from "../domain/index.ts";
import {
  checkYaml,
  type Misconfiguration,
  parseYaml,
  type SiteConfig,
  siteConfigSchema,
  uncheckedOf,
} from "../hearth/index.ts";
import { readConfig } from "./readConfig.ts";

/**
 * Says what a configuration means.
 * @throws {HearthworkError} `config/unreadable`, or `config/invalid` or `site/unsafe` with what is wrong
 */
export function checkConfig(file: string): void {
  const config = parseYaml(readConfig(file), file, siteConfigSchema);
  process.stdout.write(`${meaningOf(file, config)}\n`);
}

/** The same as one JSON object on stdout, right or wrong; a wrong one makes the exit code 1. */
export function checkConfigAsJson(file: string): void {
  const checked = look(file);
  const verdict = Array.isArray(checked)
    ? { ok: false, file, problems: checked }
    : { ok: true, file, ...idsOf(checked), unchecked: uncheckedOf(checked) };
  if (!verdict.ok) process.exitCode = 1;
  process.stdout.write(`${JSON.stringify(verdict)}\n`);
}

function look(file: string): SiteConfig | Misconfiguration[] {
  try {
    const { value, problems } = checkYaml(readConfig(file), siteConfigSchema);
    return value ?? [...problems];
  } catch (thrown) {
    if (thrown instanceof HearthworkError) return [{ line: 1, key: "", message: thrown.message }];
    throw thrown;
  }
}

const idsOf = ({ sinks, heaters }: SiteConfig) => ({
  sinks: sinks.map(({ id }) => id),
  heaters: heaters.map(({ ours }) => ours.id),
});

function meaningOf(file: string, config: SiteConfig): string {
  const { site, sinks, heaters } = config;
  const unchecked = uncheckedOf(config);
  return [
    `${file} is right.`,
    `${site.name}: feeder ${site.feeder.maxWatts} W, time zone ${site.timezone}`,
    ...sinks.map(({ id, kind, sensor, limits, comfort, fallback }) => {
      const fallbackWords = fallback.kind === "stop" ? "stop" : `at most ${fallback.watts} W`;
      return `  ${kind} ${id}: sensor ${sensor.definition.name}, ${comfort.entries.length} comfort entries, set-back ${comfort.setBackC} °C, never above ${limits.maxC} °C; sensor lost: ${fallbackWords}`;
    }),
    ...heaters.map(({ ours, definition }) => {
      return `  heater ${ours.id}: ${definition.name}, heats ${ours.sink}; stopped at ${ours.maxDeviceC} °C of its own`;
    }),
    ...(unchecked.length === 0 ? [] : ["Not checked, since only the devices know; the hearth asks them:"]),
    ...unchecked.map(({ heater, message }) => `  heater ${heater}: ${message}`),
  ].join("\n");
}
