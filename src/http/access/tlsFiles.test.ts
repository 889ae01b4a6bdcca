import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { selfSignedCertificate } from "../../../test/selfSignedCertificate.ts";
import { Instant, Seconds, simulatedClock } from "../../domain/index.ts";
import { followTls, readTls } from "./tlsFiles.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-tls-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const files = { certificate: join(folder, "cert.pem"), key: join(folder, "key.pem") };
const write = ({ certificate, key }: { certificate: string; key: string }) => {
  writeFileSync(files.certificate, certificate);
  writeFileSync(files.key, key);
};

const one = selfSignedCertificate();
const other = selfSignedCertificate();
beforeEach(() => write(one));

describe("a certificate and its key", () => {
  it("are read, with the names that it is for", () => {
    expect(readTls(files)).toMatchObject({ cert: one.certificate, names: ["localhost"] });
  });

  it.each([
    ["the key is another's", { ...one, key: other.key }, /the key is another certificate's/],
    ["the certificate is none", { ...one, certificate: "-----BEGIN" }, /cannot be used for TLS/],
    ["the key is none", { ...one, key: "" }, /cannot be used for TLS/],
    [
      "they stand the wrong way round",
      { certificate: one.key, key: one.certificate },
      /cannot be used for TLS/,
    ],
    ["one is too long", { ...one, key: "x".repeat(300_000) }, /longer than 256 KiB/],
  ])("are refused when %s", (_case, pair, why) => {
    write(pair);
    expect(() => readTls(files)).toThrow(why);
    expect(() => readTls(files)).toThrow(expect.objectContaining({ code: "access/bad-certificate" }));
  });

  it("are followed when they are renewed; what cannot be used is told once and left alone", async () => {
    const clock = simulatedClock(Instant(Date.UTC(2026, 0, 15)));
    const stop = new AbortController();
    const seen: string[] = [];
    const following = followTls(files, {
      clock,
      signal: stop.signal,
      onChange: ({ cert }) => seen.push(cert === other.certificate ? "other" : "one"),
      onTrouble: (words) => seen.push(words.replace(/.*\((.*)\).*/, "$1")),
    });
    await clock.advance(Seconds(300));
    expect(seen).toEqual([]);
    write({ ...one, certificate: other.certificate });
    await clock.advance(Seconds(300));
    expect(seen).toEqual(["the key is another certificate's"]);
    write(other);
    await clock.advance(Seconds(300));
    expect(seen).toEqual(["the key is another certificate's", "other"]);
    stop.abort();
    await following;
  });

  it("are told to end a week before they do", async () => {
    const clock = simulatedClock(Instant(Date.UTC(2098, 11, 24, 12)));
    const stop = new AbortController();
    const told: string[] = [];
    const following = followTls(files, {
      clock,
      signal: stop.signal,
      onChange: () => expect.unreachable(),
      onTrouble: (words) => told.push(words),
    });
    await clock.advance(Seconds(3600));
    expect(told).toEqual([]);
    await clock.advance(Seconds(86_400));
    expect(told).toEqual([expect.stringMatching(/valid until 2099-01-01T00:00:00.000Z; renew it/)]);
    stop.abort();
    await following;
  });
});
