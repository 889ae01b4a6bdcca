import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, onTestFinished } from "vitest";
import { openFrontDoor } from "../../src/http/index.ts";
import { startHearthwork } from "./hearthProcess.ts";
import { idleSiteYaml } from "./idleSiteYaml.ts";
import { until } from "./until.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-door-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function heldPort() {
  const door = await openFrontDoor({ host: "127.0.0.1", port: 0 });
  return { port: new URL(door.url).port, url: door.url, free: () => door.close() };
}

it.each(["demo", "hearth"])("%s ends at once where its port is taken", { timeout: 30_000 }, async (name) => {
  writeFileSync(join(folder, "hearth.yaml"), idleSiteYaml);
  const { port, free } = await heldPort();
  onTestFinished(free);
  const command = startHearthwork([name, "--port", port], folder);
  await command.line(new RegExp(`^hearthwork: port ${port} of 127.0.0.1 cannot be had`), 20_000);
  expect(await command.ended()).toBe(1);
  expect(existsSync(join(folder, ".hearthwork"))).toBe(false);
});

it("shows a page from the first moment on, until the home is there", { timeout: 180_000 }, async () => {
  const { port, url, free } = await heldPort();
  await free();
  const demo = startHearthwork(["demo", "--port", port, "--speed", "1", "--without-exchange"], folder);
  onTestFinished(() => demo.kill());
  const statuses = new Set<number>();
  await until("the home", 150_000, async () => {
    const reply = await fetch(url, { headers: { accept: "text/html" } }).catch(() => undefined);
    if (reply) statuses.add(reply.status);
    return reply?.ok ? true : undefined;
  });
  expect([...statuses]).toEqual([503, 200]);
  expect(await demo.interrupt()).toBe(0);
});
