import { type AddressInfo, connect, createServer } from "node:net";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DroppedFrame, frameFilter, limitFrames } from "./mqttFrames.ts";

const longest = 300;
const frame = (type: number, body: Uint8Array) => {
  const length: number[] = [];
  for (let left = body.length; left > 0 || length.length === 0; left = Math.floor(left / 128)) {
    length.push((left % 128) | (left >= 128 ? 0x80 : 0));
  }
  return Uint8Array.from([type << 4, ...length, ...body]);
};
const publishTo = (topic: string, bytes: number) =>
  frame(3, Uint8Array.from([0, topic.length, ...Buffer.from(topic), ...new Uint8Array(bytes).fill(7)]));

const run = (chunks: readonly Uint8Array[]) => {
  const dropped: DroppedFrame[] = [];
  const filter = frameFilter({ longest, onDropped: (frame) => dropped.push(frame) });
  return { passed: Buffer.concat(chunks.flatMap(filter)), dropped };
};

describe("the limit on MQTT packets", () => {
  it("drops what is longer and names its topic", () => {
    const small = publishTo("a", 10);
    const { passed, dropped } = run([Buffer.concat([small, publishTo("big", 296), small])]);
    expect(passed).toEqual(Buffer.concat([small, small]));
    expect(dropped).toEqual([{ bytes: 301, topic: "big" }]);
  });

  it("lets through what is exactly as long", () => {
    expect(run([publishTo("big", 295)])).toEqual({ passed: Buffer.from(publishTo("big", 295)), dropped: [] });
  });

  it("does the same however the bytes are cut", () => {
    const frames = fc.array(
      fc.record({ type: fc.integer({ min: 1, max: 14 }), length: fc.oneof(fc.nat(5), fc.nat(700)) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(frames, fc.array(fc.nat(900), { maxLength: 12 }), (frames, cuts) => {
        const made = frames.map(({ type, length }, index) => frame(type, new Uint8Array(length).fill(index)));
        const stream = Buffer.concat(made);
        const edges = [0, ...cuts.filter((cut) => cut < stream.length).sort((a, b) => a - b), stream.length];
        const chunks = edges.slice(1).map((edge, index) => stream.subarray(edges[index], edge));
        const { passed, dropped } = run(chunks);
        expect(passed).toEqual(
          Buffer.concat(made.filter((_, index) => (frames[index]?.length ?? 0) <= longest)),
        );
        expect(dropped.map(({ bytes }) => bytes)).toEqual(
          frames.map(({ length }) => length).filter((length) => length > longest),
        );
      }),
    );
  });

  it("gives up on a stream that is not MQTT", () => {
    expect(() => run([Uint8Array.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01])])).toThrow("it speaks no MQTT");
  });

  it("keeps nothing of a long packet but its topic", () => {
    const dropped: DroppedFrame[] = [];
    const filter = frameFilter({ longest, onDropped: (frame) => dropped.push(frame) });
    filter(Uint8Array.from([0x30, 0xff, 0xff, 0xff, 0x7f, 0, 1, 0x61]));
    const chunk = new Uint8Array(65_536);
    let left = 268_435_455 - 3;
    for (; left > 0; left -= chunk.length) expect(filter(chunk.subarray(0, left))).toEqual([]);
    expect(dropped).toEqual([{ bytes: 268_435_455, topic: "a" }]);
  });
});

it("a reader that is slower than the broker holds the broker back", async () => {
  const chunk = new Uint8Array(16_384);
  let written = 0;
  const server = createServer((socket) => {
    socket.on("error", () => {});
    const write = () => {
      let room = true;
      while (room) {
        written += chunk.length;
        room = socket.write(publishTo("t", 16_000));
      }
    };
    socket.on("drain", write);
    write();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const limited = limitFrames(connect({ host: "127.0.0.1", port }), { longest: 20_000, onDropped: () => {} });
  limited.once("readable", () => {});
  let before = -1;
  while (written !== before) {
    before = written;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  expect(limited.readableLength).toBeGreaterThan(0);
  expect(limited.readableLength).toBeLessThan(1_000_000);
  limited.destroy();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
