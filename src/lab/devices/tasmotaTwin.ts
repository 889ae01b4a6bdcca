import mqtt from "mqtt";
import { type Clock, Seconds } from "../../domain/index.ts";
import type { WireFault } from "./faultyServer.ts";
import { startHttpTwin } from "./httpTwin.ts";
import { createPlugCore, type PlugCore } from "./plugCore.ts";
import type { TwinLoad } from "./twinLoad.ts";

export interface TasmotaTwinOptions {
  readonly clock: Clock;
  /** What hangs on it. */
  readonly load: TwinLoad;
  /** Whether it is on at first. Default true. */
  readonly isOn?: boolean;
  /** Whether it was set to stay off after the mains were gone. Default false, as bought. */
  readonly isSafe?: boolean;
  /** The broker that it speaks over; its commands over HTTP it answers in any case. */
  readonly brokerUrl?: string;
  /** Its own topic. Default `tasmota_twin`. */
  readonly topic?: string;
  readonly slowMs?: number;
  /** What its counter says, J, where that is not what its plug metered. */
  counted?(): number;
}

export interface TasmotaTwin {
  /** Its web server. */
  readonly url: string;
  readonly plug: PlugCore;
  /** Resolves when nothing of what it suffered before is under way any longer. */
  suffer(fault: WireFault | undefined): Promise<void>;
  /** Its answers are well, but it does nothing that it is told. */
  refuse(refuses: boolean): void;
  close(): Promise<void>;
}

interface Report {
  readonly name: string;
  readonly body: object;
}

/** A virtual plug with Tasmota's firmware: its commands over MQTT and over HTTP, a meter, a timer that really cuts. */
export async function startTasmotaTwin(options: TasmotaTwinOptions): Promise<TasmotaTwin> {
  const plug = await createPlugCore(options);
  const obey = tasmotaCommands(plug, () => options.counted?.() ?? plug.energy());
  if (options.isSafe === true) await obey("PowerOnState", "0");
  let refuses = false;
  const obeyOrNot = async (command: string, argument: string): Promise<Report> =>
    refuses && argument !== "" && !/^status/i.test(command)
      ? { name: "RESULT", body: { Command: "Error" } }
      : obey(command, argument);

  const web = await startHttpTwin({
    ...(options.slowMs === undefined ? {} : { slowMs: options.slowMs }),
    async answer({ path, query }) {
      const [command = "", ...rest] = (query.get("cmnd") ?? "").split(" ");
      if (path !== "/cm" || command === "") return { status: 404, body: "File Not Found" };
      return { body: (await obeyOrNot(command, rest.join(" "))).body };
    },
  });
  const wire =
    options.brokerUrl === undefined ? undefined : await connect(options, options.brokerUrl, obeyOrNot);

  return {
    url: `http://127.0.0.1:${web.port}`,
    plug,
    async suffer(fault) {
      await web.suffer(fault);
      await wire?.suffer(fault);
    },
    refuse: (next) => (refuses = next),
    async close() {
      await plug.close();
      await wire?.close();
      await web.close();
    },
  };
}

const powerOnStates = ["off", "on", undefined, "last"] as const;
const isOn: Readonly<Record<string, boolean>> = { on: true, "1": true, off: false, "0": false };

/** What its firmware answers to a command. */
function tasmotaCommands(plug: PlugCore, counted: () => number) {
  let pulseTime = 0;
  let powerOnState = 3;
  const seconds = (pulse: number) => (pulse <= 111 ? pulse / 10 : pulse - 100);
  const pulse = (left: number) => (left <= 11.1 ? Math.round(left * 10) : Math.ceil(left) + 100);
  const result = (body: object): Report => ({ name: "RESULT", body });

  return async (command: string, argument: string): Promise<Report> => {
    switch (command.toLowerCase()) {
      case "power":
      case "power1": {
        const on = isOn[argument.toLowerCase()];
        if (on === true) await plug.switchOn(Seconds(seconds(pulseTime)));
        if (on === false) await plug.switchOff();
        return result({ POWER: plug.isOn() ? "ON" : "OFF" });
      }
      case "pulsetime":
      case "pulsetime1":
        if (argument !== "") pulseTime = Math.min(64_900, Math.max(0, Number(argument)));
        return result({ PulseTime1: { Set: pulseTime, Remaining: pulse(plug.timerLeft()) } });
      case "poweronstate":
        if (argument !== "") powerOnState = Number(argument);
        plug.setPowerOn(powerOnStates[powerOnState] ?? "last");
        return result({ PowerOnState: powerOnState });
      case "status":
        if (argument === "0") {
          const status = { Module: 0, DeviceName: "Twin", FriendlyName: ["Twin"], Topic: "tasmota_twin" };
          return {
            name: "STATUS0",
            body: { Status: status, StatusSNS: { ENERGY: energyOf(plug, counted()) } },
          };
        }
        if (argument !== "8") return result({ Command: "Error" });
        return {
          name: "STATUS8",
          body: { StatusSNS: { Time: "2026-01-15T12:00:00", ENERGY: energyOf(plug, counted()) } },
        };
      default:
        return result({ Command: "Unknown" });
    }
  };
}

const energyOf = (plug: PlugCore, joules: number) => ({
  TotalStartTime: "2025-01-01T00:00:00",
  Total: joules / 3_600_000,
  Power: Math.round(plug.watts() * 10) / 10,
  Voltage: 230,
});

/** Its line to the broker, with the same faults as a socket's. */
async function connect(
  { topic = "tasmota_twin", slowMs = 400 }: TasmotaTwinOptions,
  brokerUrl: string,
  obey: (command: string, argument: string) => Promise<Report>,
): Promise<{ suffer(fault: WireFault | undefined): Promise<void>; close(): Promise<void> }> {
  const client = await mqtt.connectAsync(brokerUrl, { reconnectPeriod: 200 });
  let fault: WireFault | undefined;
  await client.subscribeAsync(`cmnd/${topic}/+`);

  let late: Promise<unknown> = Promise.resolve();

  const publishLate = (publish: () => unknown) =>
    new Promise<void>((resolve) => {
      setTimeout(() => {
        publish();
        resolve();
      }, slowMs);
    });
  const answer = ({ name, body }: Report) => {
    const publish = (payload: string) => client.connected && client.publish(`stat/${topic}/${name}`, payload);
    const text = JSON.stringify(body);
    if (fault === undefined) publish(text);
    else if (fault === "slow") late = Promise.all([late, publishLate(() => publish(text))]);
    else if (fault === "garbage") publish(text.slice(0, text.length / 2));
    else if (fault === "oversized") publish("x".repeat(100_000));
  };
  client.on("message", (name, payload) => {
    if (fault === "silent" || fault === "unplugged") return;
    void obey(name.split("/").at(-1) ?? "", payload.toString()).then(answer);
  });

  return {
    async suffer(next) {
      fault = next;
      await late;
    },
    close: () => client.endAsync(true),
  };
}
