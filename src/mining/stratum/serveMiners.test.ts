import { connect, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type ClientWork,
  createExtranonceSpace,
  type ServerSettings,
  sha256d,
  usualServerSettings,
} from "../../bitcoin/index.ts";
import { hostClock, Instant, Seconds, simulatedClock } from "../../domain/index.ts";
import { connectToPool, type PoolEffect } from "./connectToPool.ts";
import { findShare, sampleWork } from "./sampleWork.suite.ts";
import { type MinersEffect, type MinersServer, serveMiners, type ServeMinersOptions } from "./serveMiners.ts";

const tiny: ServerSettings = {
  ...usualServerSettings,
  startDifficulty: 1e-9,
  minDifficulty: 1e-9,
  shareEvery: Seconds(0.001),
};

interface Scene {
  readonly server: MinersServer;
  readonly effects: MinersEffect[];
  readonly closed: string[];
}

async function openServer(options: Partial<ServeMinersOptions> = {}): Promise<Scene> {
  const effects: MinersEffect[] = [];
  const closed: string[] = [];
  const server = await serveMiners({
    host: "127.0.0.1",
    port: 0,
    clock: hostClock(globalThis),
    settings: tiny,
    parts: { sha256d, extranonces: createExtranonceSpace(4, 1) },
    mostConnections: 100,
    mostPerAddress: 100,
    onEffect: (effect) => effects.push(effect),
    onClosed: (_, why) => closed.push(why),
    ...options,
  });
  onTestFinished(() => server.close());
  server.give(sampleWork({ id: "first" }), true);
  return { server, effects, closed };
}

/** An honest miner that hands in shares one after another. */
async function openMiner({ server }: Scene) {
  const heard: PoolEffect[] = [];
  const waiting: { kind: string; resolve: (effect: PoolEffect) => void }[] = [];
  const ended = Promise.withResolvers<string>();
  const connection = connectToPool({
    clock: hostClock(globalThis),
    settings: {
      agent: "test",
      user: "me",
      password: "x",
      host: "127.0.0.1",
      port: server.port,
      leastDifficulty: Number.MIN_VALUE,
    },
    onEffect(effect) {
      heard.push(effect);
      const index = waiting.findIndex(({ kind }) => kind === effect.kind);
      if (index >= 0) waiting.splice(index, 1)[0]?.resolve(effect);
    },
    onEnd: (why) => ended.resolve(why),
  });
  onTestFinished(() => connection.close());
  const next = <Kind extends PoolEffect["kind"]>(kind: Kind) =>
    new Promise<Extract<PoolEffect, { kind: Kind }>>((resolve) =>
      waiting.push({ kind, resolve: resolve as (effect: PoolEffect) => void }),
    );
  const first = next("work");
  await first;
  let index = 0;
  const work = (): ClientWork => {
    const { work } = connection.state();
    if (!work) throw new Error("the miner has no work");
    return work;
  };
  const submit = async (share = findShare(work(), index++)) => {
    const verdict = next("share");
    connection.feed({ kind: "hit", hit: share });
    return (await verdict).outcome;
  };
  return { connection, next, work, submit, ended: ended.promise };
}

/** A peer that says what it likes. */
async function openPeer({ server }: Scene, options: { readonly paused?: boolean } = {}) {
  const socket = connect(server.port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => {});
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  if (!options.paused) socket.resume();
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  return { socket, closed };
}

const introduce = (socket: Socket) =>
  socket.write(
    '{"id":1,"method":"mining.subscribe","params":[]}\n{"id":2,"method":"mining.authorize","params":["me","x"]}\n',
  );

describe("serveMiners", () => {
  it("serves a miner over a real socket: accepts its shares, refuses a double", async () => {
    const scene = await openServer();
    const miner = await openMiner(scene);
    expect(await miner.submit()).toBe("accepted");
    const share = findShare(miner.work(), 7);
    expect(await miner.submit(share)).toBe("accepted");
    expect(await miner.submit(share)).toBe("duplicate");
    expect(scene.effects.filter(({ kind }) => kind === "share")).toHaveLength(3);
  });

  it("calls shares stale once a new tip is there", async () => {
    const scene = await openServer();
    const miner = await openMiner(scene);
    const late = findShare(miner.work());
    const older = miner.work().job.id;
    const renewed = miner.next("work");
    scene.server.give(sampleWork({ id: "second", height: 900_001 }), true);
    await renewed;
    expect(miner.work().job.id).not.toBe(older);
    expect(await miner.submit(late)).toBe("stale");
    expect(await miner.submit()).toBe("accepted");
  });

  it("tells of a hash that the network would take", async () => {
    const scene = await openServer();
    scene.server.give(sampleWork({ id: "easy", bits: "207fffff" }), true);
    const miner = await openMiner(scene);
    while (!scene.effects.some(({ kind }) => kind === "block")) await miner.submit();
    expect(scene.effects.find(({ kind }) => kind === "block")).toMatchObject({ user: "me" });
  });

  it("lets nobody in before there is work, and sends all away when there is none any more", async () => {
    const scene = await openServer();
    const miner = await openMiner(scene);
    scene.server.suspend("the node is away");
    expect(await miner.ended).toBe("it closed the connection");
    expect(scene.closed).toEqual(["the node is away"]);
    await (
      await openPeer(scene)
    ).closed;
    expect(scene.server.connections()).toBe(0);
    scene.server.give(sampleWork({ id: "back" }), true);
    expect(await (await openMiner(scene)).submit()).toBe("accepted");
  });
});

describe("a hostile peer is cut off, while others are served:", () => {
  it.each<[string, RegExp, (socket: Socket) => void]>([
    ["an endless line", /line of more than/, (socket) => flood(socket, "x".repeat(65_536))],
    ["garbage", /misdeeds/, (socket) => flood(socket, "\u0000\u0007{}}\n".repeat(1000))],
    ["nested JSON", /misdeeds|line of more/, (socket) => flood(socket, `${"[".repeat(4000)}\n`)],
    [
      "more requests than any miner has",
      /messages a second/,
      (socket) => flood(socket, '{"id":1,"method":"mining.extranonce.subscribe","params":[]}\n'.repeat(100)),
    ],
    [
      "invented shares",
      /misdeeds/,
      (socket) => {
        introduce(socket);
        flood(
          socket,
          '{"id":3,"method":"mining.submit","params":["me","1","00000000","00000000","00000000"]}\n',
        );
      },
    ],
  ])("%s", async (_, why, act) => {
    const scene = await openServer();
    const miner = await openMiner(scene);
    const { socket, closed } = await openPeer(scene);
    act(socket);
    expect(await miner.submit()).toBe("accepted");
    await closed;
    expect(scene.closed).toEqual([expect.stringMatching(why)]);
    expect(await miner.submit()).toBe("accepted");
  });

  it("one that does not read", async () => {
    const scene = await openServer({
      settings: { ...tiny, messagesPerSecond: 1e9 },
      mostUnreadBytes: 64 * 1024,
    });
    const miner = await openMiner(scene);
    const { socket } = await openPeer(scene, { paused: true });
    flood(socket, '{"id":1,"method":"mining.extranonce.subscribe","params":[]}\n'.repeat(1000));
    while (scene.closed.length === 0) expect(await miner.submit()).toBe("accepted");
    expect(scene.closed).toEqual(["it does not read what it is sent"]);
  });

  it("one that says nothing, one that says it slowly, one that is gone without a word", async () => {
    const clock = simulatedClock(Instant(0));
    const scene = await openServer({ clock });
    const silent = await openPeer(scene);
    const slow = await openPeer(scene);
    const idle = await openPeer(scene);
    idle.socket.write('{"id":2,"method":"mining.authorize","params":["idle","x"]}\n');
    await new Promise((resolve) => idle.socket.once("data", resolve));
    for (let second = 0; second < 29; second += 1) {
      slow.socket.write("{");
      await clock.advance(Seconds(1));
    }
    expect(scene.closed).toEqual([]);
    await clock.advance(Seconds(2));
    await Promise.all([silent.closed, slow.closed]);
    expect(scene.closed).toEqual([
      expect.stringMatching("no user authorised"),
      expect.stringMatching("no user authorised"),
    ]);
    await clock.advance(Seconds(6 * 3600));
    await idle.closed;
    expect(scene.closed.at(-1)).toMatch("no share");
  });

  it.each([
    ["in all", { mostConnections: 2 }],
    ["from one address", { mostPerAddress: 2 }],
  ])("all beyond so many at a time, %s", async (_, limits) => {
    const scene = await openServer(limits);
    const miner = await openMiner(scene);
    const second = await openPeer(scene);
    await (
      await openPeer(scene)
    ).closed;
    second.socket.destroy();
    await second.closed;
    while (scene.server.connections() > 1) await new Promise(setImmediate);
    const third = await openPeer(scene);
    introduce(third.socket);
    await new Promise((resolve) => third.socket.once("data", resolve));
    expect(await miner.submit()).toBe("accepted");
  });
});

it("says what to do when the port is taken", async () => {
  const { server } = await openServer();
  await expect(openServer({ port: server.port })).rejects.toMatchObject({
    code: "pool/cannot-listen",
    message: expect.stringMatching(/EADDRINUSE.*choose another port/) as string,
  });
});

/** Writes as fast as the peer takes it. */
function flood(socket: Socket, text: string): void {
  const more = () => {
    while (!socket.destroyed && socket.write(text));
    if (!socket.destroyed) socket.once("drain", more);
  };
  more();
}
