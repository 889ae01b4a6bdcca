import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";

const program = `
  import { startHasher } from ${JSON.stringify(new URL("./startHasher.ts", import.meta.url).href)};
  const fail = (fault) => { throw fault; };
  const hasher = startHasher({ threads: 2, onHit() {}, onFault: fail, onRecovered() {} });
  const hashes = () => hasher.stats().hashes;
  const turn = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const block = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  let headers = 0;
  hasher.setSource(() => ({ id: "", header: new Uint8Array(80).fill(++headers), target: new Uint8Array(32) }));
  hasher.setDuty(0.2);
  while (hashes() === 0) await turn(50);
  await turn(1000);

  const counts = [hashes()];
  for (const ms of [2000, 4000, 1000, 1000]) {
    block(ms);
    counts.push(hashes());
  }
  await turn(2500);
  counts.push(hashes());
  process.stdout.write(JSON.stringify(counts));
  await hasher.close();
`;

it("stops hashing when the main thread has been blocked for five seconds, and goes on when it is back", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  expect(code).toBe(0);
  const [start = 0, after2s = 0, after6s = 0, after7s = 0, after8s = 0, back = 0] = JSON.parse(
    output,
  ) as number[];
  expect(after2s, "a short stall does no harm").toBeGreaterThan(start);
  expect(after6s).toBeGreaterThan(after2s);
  expect([after7s, after8s], "no hash after the fifth second").toEqual([after6s, after6s]);
  expect(back).toBeGreaterThan(after8s);
}, 60_000);
