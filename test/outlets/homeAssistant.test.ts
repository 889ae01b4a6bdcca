import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync } from "mqtt";
import { afterAll, expect, it, onTestFinished } from "vitest";
import { startQuietHearth } from "../access/quietHearth.ts";
import { runCommand } from "../access/runCommand.ts";
import { startMosquitto } from "../mosquitto.ts";
import { describeWith } from "../parts.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-home-assistant-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const timeout = 180_000;

describeWith("mosquitto", "a hearth in a process of its own", () => {
  it("logs in by its credentials, and is known to be gone as soon as it is killed", { timeout }, async () => {
    const login = { username: "hearth", password: "warm: 1" };
    const broker = await startMosquitto({ login });
    onTestFinished(() => broker.close());
    const heard = new Map<string, string>();
    const listener = await connectAsync(broker.url, login);
    onTestFinished(() => listener.endAsync(true));
    listener.on("message", (topic, payload) => heard.set(topic, payload.toString()));
    await listener.subscribeAsync("#");
    const set = ["credentials", "set", "home", "--username", login.username, "--data", join(folder, "data")];
    expect(await runCommand(set, login.password)).toMatchObject({ code: 0 });

    const section = `homeAssistant: { broker: "${broker.url}", credentials: home }\n`;
    const { hearth } = await startQuietHearth(folder, [], section);
    onTestFinished(() => hearth.kill());
    const eventually = (topic: string) => expect.poll(() => heard.get(topic), { timeout: 60_000 });
    await eventually("homeassistant/device/hearthwork_heater_this-computer/config").toContain("unique_id");
    await eventually("hearthwork/sink/closet/state").toContain('"mode":"heat"');
    await eventually("hearthwork/status").toBe("online");
    await listener.publishAsync("hearthwork/sink/closet/mode/set", "off");
    await eventually("hearthwork/sink/closet/state").toContain('"mode":"off"');

    await hearth.kill();
    await eventually("hearthwork/status").toBe("offline");
    expect([...heard.values()].join()).not.toContain(login.password);
  });
});
