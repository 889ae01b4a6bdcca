import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { startQuietHearth } from "../access/quietHearth.ts";
import { runHere } from "../runHere.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-alarm-"));
const data = join(folder, "data");
const bodies: string[] = [];
let status = 200;
const hook = createServer((request, response) => {
  void text(request).then((body) => {
    bodies.push(body);
    return response.writeHead(status).end();
  });
});
beforeAll(async () => {
  hook.listen(0, "127.0.0.1");
  await once(hook, "listening");
});
afterAll(async () => {
  hook.close();
  await once(hook, "close");
  rmSync(folder, { recursive: true, force: true });
});
const alarmTest = (...args: string[]) => runHere(["alarm", "test", "--data", data, ...args]);
const kinds = () => bodies.map((body) => (JSON.parse(body) as { kind: string }).kind);
const timeout = 120_000;

it("lets a running hearth try the ways on which alarms leave the house", { timeout }, async () => {
  expect(await alarmTest()).toMatchObject({ code: 1, stderr: expect.stringContaining("no hearth runs on") });
  const { port } = hook.address() as AddressInfo;
  const section = `alarms: { webhook: { url: "http://127.0.0.1:${port}/hook" } }\n`;
  const { hearth, url } = await startQuietHearth(folder, [], section);
  onTestFinished(() => hearth.kill());

  expect(await alarmTest()).toMatchObject({ code: 0, stdout: "webhook: the test has arrived\n", stderr: "" });
  expect(kinds()).toContain("test");
  const site = (await (await fetch(`${url}/api/v1/site`)).json()) as { outlets: unknown };
  expect(site.outlets).toEqual([{ name: "webhook", trouble: null }]);
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('hearthwork_outlet_up{outlet="webhook"} 1');

  status = 404;
  const failed = await alarmTest("--json");
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining("did not arrive by webhook") });
  expect(JSON.parse(failed.stdout)).toEqual({
    ways: [{ name: "webhook", trouble: expect.stringContaining("404") }],
  });
});
