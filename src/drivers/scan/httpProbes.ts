import { z } from "zod";
import type { AxeosModelName } from "../heaters/axeos/models.ts";
import { askHttp } from "../transports/askHttp.ts";
import type { Finding, Probe } from "./finding.ts";

const limits = { longest: 65_536, withinMs: 2500 };

interface Answer {
  readonly status: number;
  readonly json: unknown;
}

async function get(host: string, port: number, path: string, signal: AbortSignal): Promise<Answer> {
  const { status, text } = await askHttp(new URL(`http://${host}:${port}`), { path }, signal, limits);
  try {
    return { status, json: JSON.parse(text) as unknown };
  } catch {
    return { status, json: undefined };
  }
}

/** A row: what is asked, the shape of the answer that gives it away, and what is read from it. */
function httpProbe<Shape>(
  name: string,
  path: string,
  shape: z.ZodType<Shape>,
  read: (
    said: Shape,
    status: number,
    ask: (path: string) => Promise<Answer>,
  ) => Finding | Promise<Finding | undefined>,
): Probe {
  return {
    name,
    speaks: "http",
    async look(host, port, signal) {
      const ask = (more: string) => get(host, port, more, signal);
      const { status, json } = await ask(path);
      const said = shape.safeParse(json);
      return said.success ? await read(said.data, status, ask) : undefined;
    },
  };
}

const text = z.string().max(200);
const spoken = (...words: readonly (string | null | undefined)[]) =>
  words.find((word) => word !== undefined && word !== null && word.trim() !== "") ?? "";

/** Of the second generation and later: https://shelly-api-docs.shelly.cloud/gen2/General/CommonServices#shelly */
const shelly = httpProbe(
  "shelly",
  "/shelly",
  z.looseObject({
    mac: text,
    gen: z.number().optional(),
    name: text.nullish(),
    app: text.optional(),
    model: text.optional(),
    type: text.optional(),
    auth_en: z.boolean().optional(),
    auth: z.boolean().optional(),
  }),
  async ({ gen = 1, name, app, model, type, auth_en: locked = false }, _status, ask) => {
    const title = `Shelly ${spoken(name, app, model, type)}`.trim();
    if (gen < 2) {
      return { kind: "plug", title, note: "the first generation; there is no driver for it" };
    }
    const found = { kind: "plug", title, driver: "shelly-gen2", needsCredentials: locked } as const;
    if (locked) return found;
    const { json } = await ask("/rpc/Switch.GetStatus?id=0");
    const isMetered = z.looseObject({ output: z.boolean(), apower: z.number() }).safeParse(json).success;
    return isMetered ? found : { kind: "plug", title, note: "has no metered switch" };
  },
);

const tasmota = httpProbe(
  "tasmota",
  "/cm?cmnd=Status%200",
  z.union([
    z.looseObject({
      Status: z.looseObject({ DeviceName: text.optional(), Topic: text.optional() }),
      StatusSNS: z.looseObject({ ENERGY: z.looseObject({}).optional() }).optional(),
    }),
    z.looseObject({ WARNING: text.regex(/user.*password/i) }),
    z.looseObject({ Command: text }).transform(() => ({ WARNING: "" })),
  ]),
  (said) => {
    if (!("Status" in said)) {
      return { kind: "plug", title: "Tasmota", driver: "tasmota-http", needsCredentials: true };
    }
    const { Status: status, StatusSNS: sensors } = said as {
      Status: { DeviceName?: string; Topic?: string };
      StatusSNS?: { ENERGY?: object };
    };
    const title = `Tasmota ${spoken(status.DeviceName, status.Topic)}`.trim();
    if (!sensors?.ENERGY) return { kind: "plug", title, note: "has no meter" };
    return { kind: "plug", title, driver: "tasmota-http" };
  },
);

/** Chips by board family; boards of several chips of a kind are told apart by their count. */
const boards: Readonly<
  Record<string, readonly [one: AxeosModelName, two: AxeosModelName, more: AxeosModelName]>
> = {
  BM1397: ["max", "max", "max"],
  BM1366: ["ultra", "ultra", "hex"],
  BM1368: ["supra", "supra", "supra-hex"],
  BM1370: ["gamma", "gamma-duo", "gamma-turbo"],
};
/** Pausing is there from 2.14 on. */
const canPause = (version: string | undefined) => {
  const [, major = 0, minor = 0] = (/^v?(\d+)\.(\d+)/.exec(version ?? "") ?? []).map(Number);
  return major > 2 || (major === 2 && minor >= 14);
};

const axeos = httpProbe(
  "axeos",
  "/api/system/info",
  z.looseObject({
    ASICModel: text,
    asicCount: z.number().optional().catch(undefined),
    version: text.optional().catch(undefined),
    hostname: text.optional().catch(undefined),
  }),
  ({ ASICModel: chip, asicCount = 1, version, hostname }) => {
    const [one, two, more] = boards[chip] ?? [];
    const model = asicCount > 2 ? more : asicCount === 2 ? two : one;
    return {
      kind: "heater",
      title: `Bitaxe ${model ?? chip}${hostname ? ` (${hostname})` : ""}`,
      driver: "axeos",
      keys: { ...(model ? { model } : {}), ...(canPause(version) ? {} : { canPause: false }) },
      ...(canPause(version) ? {} : { note: `its firmware ${version ?? ""} cannot pause; from 2.14 it can` }),
    };
  },
);

const braiins = httpProbe(
  "braiins",
  "/api/v1/version/",
  z.strictObject({ major: z.int(), minor: z.int(), patch: z.int() }),
  async (_version, _status, ask) => {
    const { json } = await ask("/api/v1/miner/details");
    const model = z.looseObject({ miner_identity: z.looseObject({ name: text }) }).safeParse(json).data
      ?.miner_identity.name;
    return {
      kind: "heater",
      title: model === undefined ? "A miner on Braiins OS" : `${model} on Braiins OS`,
      driver: "braiins",
      needsCredentials: true,
    };
  },
);

/** In the order in which a web server is asked. */
export const httpProbes: readonly Probe[] = [shelly, axeos, braiins, tasmota];
