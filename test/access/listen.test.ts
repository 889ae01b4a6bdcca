import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, onTestFinished } from "vitest";
import { hostClock } from "../../src/domain/index.ts";
import { openSiteAccess } from "../../src/hearth/index.ts";
import { selfSignedCertificate } from "../selfSignedCertificate.ts";
import { startQuietHearth } from "./quietHearth.ts";
import { runHere } from "../runHere.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-listen-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { certificate, key } = selfSignedCertificate();
const cert = join(folder, "cert.pem");
const keyFile = join(folder, "key.pem");
writeFileSync(cert, certificate);
writeFileSync(keyFile, key, { mode: 0o600 });
const byTls = ["--listen", "0.0.0.0", "--tls-cert", cert, "--tls-key", keyFile];
const data = join(folder, "data");

const statusOf = (url: string, headers: Record<string, string> = {}) =>
  new Promise<number | undefined>((resolve, reject) => {
    get(`${url}/api/v1/site`, { ca: certificate, headers }, (reply) => {
      reply.resume();
      resolve(reply.statusCode);
    }).once("error", reject);
  });

it("serves the network once there is a password, and by TLS", { timeout: 240_000 }, async () => {
  await expect(startQuietHearth(folder, byTls)).rejects.toThrow(/set an owner password first/);
  await openSiteAccess(data, { clock: hostClock(globalThis) }).setPassword("four warm ducks glow");

  const { hearth, url } = await startQuietHearth(folder, byTls);
  onTestFinished(() => hearth.kill());
  expect(url).toMatch(/^https:\/\/localhost:\d+$/);
  expect(await statusOf(url)).toBe(401);
  const { stdout } = await runHere(["token", "create", "elsewhere", "--data", data]);
  expect(await statusOf(url, { authorization: `Bearer ${stdout.trim()}` })).toBe(200);
  expect(await hearth.interrupt()).toBe(0);
});
