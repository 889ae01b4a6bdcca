import {
  type BlockTemplate,
  createExtranonceSpace,
  scriptOfAddress,
  type ServerSettings,
  createSha256d,
  type TemplateWork,
  templateWork,
  usualServerSettings,
} from "../../bitcoin/index.ts";
import { between, type Clock, Seconds } from "../../domain/index.ts";
import type { NodeAddress } from "../node/nodeAddress.ts";
import { openNodeClient } from "../node/nodeClient.ts";
import { serveMiners, type ServeMinersOptions } from "../stratum/serveMiners.ts";
import { type BlockDesk, openBlockDesk } from "./openBlockDesk.ts";
import { openPoolBooks, type PoolBooks } from "./poolBooks.ts";
import type { PoolEvent } from "./poolEvent.ts";
import type { PoolStatus } from "./poolStatus.ts";
import { serveStatus } from "./serveStatus.ts";
import { watchNode } from "./watchNode.ts";

export interface SoloPoolOptions {
  readonly node: NodeAddress;
  /** Who is paid when a block is found. */
  readonly address: string;
  /** Where miners connect. Default 127.0.0.1; port 0 takes any free one. */
  readonly host?: string;
  readonly port: number;
  /** Of the status page on `statusHost`, by default 127.0.0.1. Undefined: no page. */
  readonly statusPort?: number | undefined;
  readonly statusHost?: string;
  readonly clock: Clock;
  /** Shows in the blocks found. */
  readonly tag?: string;
  readonly settings?: Partial<ServerSettings>;
  /** Connections at a time, in all and from one address. */
  readonly mostConnections?: number;
  readonly mostPerAddress?: number;
  /** How long miners work on without a word from the node. */
  readonly giveUpAfter?: Seconds;
  onEvent?(event: PoolEvent): void;
}

/** A pool of one's own: whatever miners connect find blocks of the own node, which pay one address in full. */
export interface SoloPool {
  /** For miners on this computer: `stratum+tcp://host:port`. */
  readonly url: string;
  readonly statusUrl: string | undefined;
  status(): PoolStatus;
  close(): Promise<void>;
}

const extranonce1Bytes = 4;
const usualTag = "/hearthwork/";
const usualPatience = Seconds(90);

/**
 * Starts a pool on a Bitcoin node. The node must answer now; when it goes away later, miners work on for
 * `giveUpAfter` and are then cut off, so that those with a spare pool turn to it, until the node is back.
 * @throws {HearthworkError} what the node client throws, `bitcoin/bad-address`, `bitcoin/coinbase-too-long`,
 *   `pool/cannot-listen`.
 */
export async function startSoloPool(options: SoloPoolOptions): Promise<SoloPool> {
  const { clock, node: address, host = "127.0.0.1", statusHost = "127.0.0.1", statusPort } = options;
  await using parts = new AsyncDisposableStack();
  const node = openNodeClient({ node: address, clock });
  parts.defer(() => node.close());
  const { network } = await node.chainInfo();
  const toWork = workMaker(options, scriptOfAddress(options.address, network));
  const first = await node.blockTemplate();
  let work = toWork(first);

  const startedAt = clock.now();
  const books = openPoolBooks();
  const desk = openBlockDesk({ ...options, node, books });
  parts.defer(() => desk.close());
  const miners = await serveMiners({ ...doorFor(options, books, desk), host });
  parts.defer(() => miners.close());

  const give = (next: TemplateWork, newTip: boolean) => {
    work = next;
    const { height, networkDifficulty } = work;
    if (newTip) options.onEvent?.({ kind: "tip", height, networkDifficulty });
    miners.give(work, newTip);
  };
  give(work, true);
  const watch = watchNode({
    node,
    clock,
    first,
    giveUpAfter: options.giveUpAfter ?? usualPatience,
    onTemplate: (template, newTip) => give(toWork(template), newTip),
    onPresence(presence, why) {
      if (presence === "away") miners.suspend("the Bitcoin node is away");
      options.onEvent?.({ kind: "node", presence, why });
    },
  });
  parts.defer(() => watch.close());

  const url = urlOf(host, miners.port);
  const status = (): PoolStatus => {
    const now = clock.now();
    const { height, networkDifficulty, reward } = work;
    return {
      now,
      uptime: Seconds(Math.max(0, between(startedAt, now))),
      url,
      address: options.address,
      node: { url: address.url, network, trouble: watch.trouble() },
      serving: watch.presence() !== "away",
      height,
      networkDifficulty,
      reward,
      connections: miners.connections(),
      ...books.figures(now),
    };
  };
  const page =
    statusPort === undefined ? undefined : await serveStatus({ host: statusHost, port: statusPort, status });
  parts.defer(() => page?.close());

  const open = parts.move();
  return { url, statusUrl: page?.url, status, close: () => open.disposeAsync() };
}

/** Makes a job of each template, under an id of its own. */
function workMaker(options: SoloPoolOptions, payout: Uint8Array): (template: BlockTemplate) => TemplateWork {
  const extranonceBytes = extranonce1Bytes + settingsOf(options).extranonce2Bytes;
  let made = 0;
  return (template) => {
    made += 1;
    return templateWork(template, {
      id: made.toString(16),
      payout,
      tag: options.tag ?? usualTag,
      extranonceBytes,
    });
  };
}

/** What the miners' server is told, and where what miners do goes. */
function doorFor(
  options: SoloPoolOptions,
  books: PoolBooks,
  desk: BlockDesk,
): Omit<ServeMinersOptions, "host"> {
  const { clock, port, mostConnections = 1024, mostPerAddress = 256 } = options;
  return {
    port,
    clock,
    mostConnections,
    mostPerAddress,
    settings: settingsOf(options),
    parts: { sha256d: createSha256d(), extranonces: createExtranonceSpace(extranonce1Bytes, clock.now()) },
    onEffect(effect, miner) {
      switch (effect.kind) {
        case "share":
          return books.share(effect, clock.now());
        case "block":
          return desk.handIn(effect);
        case "difficulty":
          return books.ask(miner.users(), effect.difficulty);
        case "authorized":
          books.join(effect.user, miner.difficulty(), clock.now());
          return options.onEvent?.({
            kind: "miner-joined",
            address: miner.address,
            user: effect.user,
            agent: miner.agent(),
          });
      }
    },
    onClosed(miner, why) {
      books.leave(miner.users());
      options.onEvent?.({ kind: "miner-left", address: miner.address, users: miner.users(), why });
    },
  };
}

const settingsOf = ({ settings }: SoloPoolOptions): ServerSettings => ({
  ...usualServerSettings,
  ...settings,
});

const urlOf = (host: string, port: number) =>
  `stratum+tcp://${host.includes(":") ? `[${host}]` : host}:${port}`;
