import { type Clock, Seconds } from "../../domain/index.ts";
import type { FaultyServer } from "./faultyServer.ts";
import { startHttpTwin, type TwinReply, type TwinRequest } from "./httpTwin.ts";
import { createPlugCore, type PlugCore } from "./plugCore.ts";
import type { TwinLoad } from "./twinLoad.ts";

export interface ShellyTwinOptions {
  readonly clock: Clock;
  /** What hangs on it. */
  readonly load: TwinLoad;
  /** Whether it is on at first. Default true. */
  readonly isOn?: boolean;
  /** Whether it was set to stay off after the mains were gone, and to switch off by itself. Default false, as bought. */
  readonly isSafe?: boolean;
  readonly port?: number;
  readonly slowMs?: number;
}

export interface ShellyTwin extends Omit<FaultyServer, "close"> {
  readonly url: string;
  readonly plug: PlugCore;
  /** Its answers are well, but it does nothing that it is told. */
  refuse(refuses: boolean): void;
  close(): Promise<void>;
}

const volts = 230;
/** What its firmware calls them. */
const powerOnNames = { off: "off", on: "on", restore_last: "last" } as const;

/** A virtual Shelly plug of the second generation: its RPC over HTTP, a meter, and a timer that really cuts. */
export async function startShellyTwin(options: ShellyTwinOptions): Promise<ShellyTwin> {
  const { clock, isSafe = false } = options;
  const plug = await createPlugCore(options);
  let config: Record<string, unknown> = {
    id: 0,
    name: null,
    initial_state: isSafe ? "off" : "restore_last",
    auto_off: isSafe,
    auto_off_delay: 60,
  };
  let timerStartedAt = 0;
  let refuses = false;
  plug.setPowerOn(isSafe ? "off" : "last");

  const status = () => ({
    id: 0,
    source: "HTTP",
    output: plug.isOn(),
    apower: Math.round(plug.watts() * 10) / 10,
    voltage: volts,
    current: Math.round((plug.watts() / volts) * 1000) / 1000,
    aenergy: { total: plug.energy() / 3600 },
    temperature: { tC: 31.4, tF: 88.5 },
    ...(plug.timerLeft() > 0 ? { timer_started_at: timerStartedAt, timer_duration: plug.timerSetTo() } : {}),
  });

  const set = async (params: ReadonlyMap<string, unknown>): Promise<TwinReply> => {
    const on = truth(params.get("on"));
    if (on === undefined) return failure(-103, "Missing required argument 'on'!");
    const wasOn = plug.isOn();
    const toggleAfter = Number(params.get("toggle_after") ?? 0);
    const autoOff = config["auto_off"] === true && !wasOn ? Number(config["auto_off_delay"]) : 0;
    timerStartedAt = clock.now() / 1000;
    await (on ? plug.switchOn(Seconds(toggleAfter || autoOff)) : plug.switchOff());
    return { body: { was_on: wasOn } };
  };
  const setConfig = (params: ReadonlyMap<string, unknown>): TwinReply => {
    config = { ...config, ...(params.get("config") as object) };
    const name = String(config["initial_state"]);
    plug.setPowerOn(
      Object.hasOwn(powerOnNames, name) ? powerOnNames[name as keyof typeof powerOnNames] : "last",
    );
    return { body: { restart_required: false } };
  };

  async function answer(request: TwinRequest): Promise<TwinReply> {
    const method = request.path === "/shelly" ? request.path : /^\/rpc\/([\w.]+)$/.exec(request.path)?.[1];
    const params = paramsOf(request);
    if (method?.startsWith("Switch.") === true && Number(params.get("id")) !== 0) {
      return failure(-105, `Argument 'id', value ${String(params.get("id"))} not found!`);
    }
    const writes = method === "Switch.Set" || method === "Switch.SetConfig";
    if (writes && refuses) return failure(-109, "Failed precondition: the device is overheated!");
    switch (method) {
      case "/shelly":
      case "Shelly.GetDeviceInfo":
        return {
          body: {
            id: "shellyplusplugs-twin",
            mac: "C04E30000001",
            model: "SNPL-00112EU",
            gen: 2,
            app: "PlusPlugS",
            auth_en: false,
          },
        };
      case "Switch.GetStatus":
        return { body: status() };
      case "Switch.GetConfig":
        return { body: config };
      case "Switch.Set":
        return set(params);
      case "Switch.SetConfig":
        return setConfig(params);
      default:
        return { status: 404, body: { code: 404, message: `No handler for ${method}` } };
    }
  }

  const server = await startHttpTwin({ ...options, answer });
  return {
    ...server,
    url: `http://127.0.0.1:${server.port}`,
    plug,
    refuse: (next) => (refuses = next),
    async close() {
      await plug.close();
      await server.close();
    },
  };
}

/** From the query or, of a POST, from the body. */
function paramsOf({ query, body }: TwinRequest): ReadonlyMap<string, unknown> {
  const posted = typeof body === "object" && body !== null ? Object.entries(body) : [];
  return new Map<string, unknown>([...query.entries(), ...posted]);
}

const truth = (value: unknown): boolean | undefined =>
  value === true || value === "true" ? true : value === false || value === "false" ? false : undefined;

const failure = (code: number, message: string): TwinReply => ({ status: 500, body: { code, message } });
