import { HearthworkError } from "../../domain/index.ts";
import type { DeviceTestRequest, Json } from "../../wire/index.ts";
import { configFile } from "../config/configFile.ts";
import { plainOf } from "../config/editYaml.ts";
import { isObject } from "../config/yamlText.ts";

/**
 * A device as a configuration's file names it: a heater by its id, a sensor by its sink's.
 * @throws {HearthworkError} `config/missing`, `device/unknown`.
 */
export async function configuredDevice(path: string, id: string): Promise<DeviceTestRequest> {
  const text = (await configFile(path).read())?.text;
  if (text === undefined) {
    throw new HearthworkError({
      code: "config/missing",
      message: `there is no ${path}, and no hearth runs; name the configuration with --config, or the hearth with --data`,
    });
  }
  const settings = plainOf(text);
  const listed = (list: string) => {
    const entries: Json | undefined = isObject(settings) ? settings[list] : undefined;
    return Array.isArray(entries) ? entries.filter((entry: Json) => isObject(entry)) : [];
  };
  const heater = listed("heaters").find((entry) => entry["id"] === id);
  if (heater) return { kind: "heater", entry: heater };
  const sensor = listed("sinks").find((entry) => entry["id"] === id)?.["sensor"];
  if (isObject(sensor)) return { kind: "sensor", entry: sensor };
  const ids = [...listed("heaters"), ...listed("sinks")].flatMap((entry) =>
    typeof entry["id"] === "string" ? [entry["id"]] : [],
  );
  throw new HearthworkError({
    code: "device/unknown",
    message: `${path} names no device "${id}"; there are ${ids.join(", ") || "none"}`,
    data: { id },
  });
}
