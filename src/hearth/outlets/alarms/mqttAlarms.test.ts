import { connectAsync, type MqttClient } from "mqtt";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Mosquitto, startMosquitto } from "../../../../test/mosquitto.ts";
import { describeWith } from "../../../../test/parts.ts";
import { Seconds } from "../../../domain/index.ts";
import { eventually, openAlarm, outletBench, viewWith } from "../outletBench.suite.ts";
import { openOutlets, type OutletSetup } from "../openOutlets.ts";
import { type AlarmOutlet, openAlarmOutlet } from "./alarmOutlet.ts";
import { recallPlaces } from "../homeAssistant/places.ts";
import { mqttAlarms } from "./mqttAlarms.ts";

describeWith("mosquitto", "alarms over MQTT", () => {
  let broker: Mosquitto;
  let listener: MqttClient;
  let outlet: AlarmOutlet | undefined;
  let heard: { readonly topic: string; readonly payload: string; readonly retain: boolean }[];

  async function listen() {
    heard = [];
    listener = await connectAsync(broker.url);
    listener.on("error", () => {});
    listener.on("message", (topic, payload, { retain }) => {
      heard.push({ topic, payload: payload.toString(), retain });
    });
    await listener.subscribeAsync("home/alarms/#", { qos: 1 });
  }
  const last = (topic: string) =>
    heard.findLast((message) => message.topic === `home/alarms/${topic}`)?.payload;
  const events = () =>
    heard
      .filter(({ topic }) => topic === "home/alarms/event")
      .map(({ payload }) => JSON.parse(payload) as { kind: string; alarm: { subject: string } })
      .map(({ kind, alarm }) => `${kind} ${alarm.subject}`);
  async function open(
    { context }: ReturnType<typeof outletBench>,
    credentials?: string,
    topic = "home/alarms",
  ) {
    const config = { broker: broker.url, topic, credentials };
    const places = await recallPlaces(context, "mqtt-alarms");
    const way = (retry: () => void) => mqttAlarms(config, context, places, retry);
    outlet = await openAlarmOutlet({ name: "mqtt-alarms", level: "warning", way, context });
    return outlet;
  }

  beforeEach(async () => {
    broker = await startMosquitto();
    await listen();
  });
  afterEach(async () => {
    await outlet?.close();
    await listener.endAsync(true);
    await broker.close();
  });

  it("holds those that are open for whoever asks, and tells each notice", async () => {
    const bench = outletBench();
    const alarms = await open(bench);
    alarms.update(viewWith(openAlarm("study"), openAlarm("bath", "warning")));
    await eventually(events).toEqual(["raised study", "raised bath"]);
    await eventually(() => last("open")).toBe(
      JSON.stringify([openAlarm("study"), openAlarm("bath", "warning")]),
    );
    expect(last("status")).toBe("online");
    await listener.endAsync(true);
    await listen();
    await eventually(() => last("open")).toContain("bath");
    expect(heard.every(({ retain }) => retain)).toBe(true);
    expect(events()).toEqual([]);
    expect(await alarms.test(AbortSignal.timeout(5000))).toEqual({ outcome: "delivered" });
    await eventually(events).toEqual(["test site"]);
    alarms.update(viewWith());
    await eventually(() => last("open")).toBe("[]");
  });

  it("takes away what it retained under another topic before", async () => {
    const bench = outletBench();
    await (await open(bench)).close();
    const next = await open(bench, undefined, "home/alarms/new");
    next.update(viewWith(openAlarm("study")));
    await eventually(() => last("new/open")).toContain("study");
    await eventually(() => [last("open"), last("status")]).toEqual(["", ""]);
    await eventually(() => bench.kept.get("mqtt-alarms")).not.toContain("home/alarms/open");
  });

  it("takes it all away once the site has no such outlet", async () => {
    const bench = outletBench();
    await (await open(bench)).close();
    const control = { sinks: [], heaters: [] } as unknown as OutletSetup["control"];
    const without: OutletSetup = { name: "Home", control, outlets: {}, sinks: [], heaters: [] };
    const site = { onChange: () => () => {} } as unknown as Parameters<typeof openOutlets>[2];
    const outlets = await openOutlets(without, () => control, site, bench.context);
    await eventually(() => [last("open"), last("status")]).toEqual(["", ""]);
    await eventually(() => bench.kept.get("mqtt-alarms")).toBe("null");
    await outlets.close();
  });

  it("loses nothing while the broker is away", async () => {
    const bench = outletBench();
    const alarms = await open(bench);
    await eventually(() => last("status")).toBe("online");
    await broker.stop();
    alarms.update(viewWith(openAlarm("study")));
    await eventually(() => alarms.trouble()).toContain(broker.url);
    await bench.clock.advance(Seconds(3600));
    alarms.update(viewWith());
    await bench.clock.advance(Seconds(60));
    await broker.restart();
    await listener.endAsync(true);
    await listen();
    await bench.until(() => events().length === 2, Seconds(20));
    expect(events()).toEqual(["raised study", "cleared study"]);
    expect(last("open")).toBe("[]");
    expect(alarms.trouble()).toBeUndefined();
  });

  it("is known to be gone when its connection is", async () => {
    const alarms = await open(outletBench());
    await eventually(() => last("status")).toBe("online");
    await alarms.close();
    await eventually(() => last("status")).toBe("offline");
  });

  it("says how to enter credentials that are missing", async () => {
    const alarms = await open(outletBench(), "lost");
    await eventually(() => alarms.trouble()).toContain("credentials set lost");
  });
});
