import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Currency, Instant } from "../../domain/index.ts";
import type { FeedDefinition } from "./definition.ts";
import type { FeedKind } from "./tables.ts";

/** Figures that an answer holds: what is true at these instants, undefined where nothing is. */
export type Truths<Value> = readonly (readonly [at: string, value: Value | undefined])[];

/** An answer in the shape that its source documents, written by hand: none was recorded. */
export interface WrittenAnswer<Value> {
  readonly text: string;
  readonly truths: Truths<Value>;
}

export interface FeedBench<Value> {
  readonly title: string;
  readonly definition: FeedDefinition<Value>;
  readonly kind: FeedKind<Value>;
  /** As in hearth.yaml, without its driver; `place` is the server's address or the file's path. */
  config(place: string): Record<string, unknown>;
  readonly via: "http" | "file";
  readonly timezone: string;
  readonly currency?: Currency;
  /** Its request must hold these in path, query, headers or body. */
  readonly asks: readonly (string | RegExp)[];
  readonly now: Instant;
  readonly whole: WrittenAnswer<Value>;
  /** Figures are missing: not published yet, or null. */
  readonly half: WrittenAnswer<Value>;
  /** Across a change of clocks. */
  readonly clockChange: WrittenAnswer<Value>;
  /** What it says when it refuses, and what of that reaches the owner. */
  readonly refusal?: { readonly text: string; readonly words: RegExp };
}

type Mode = "answer" | "hang" | "endless" | "down" | "cut";

/** A real server on loopback, or a real file, that gives what it is told to give. */
export interface FeedSource {
  readonly place: string;
  /** What it was asked, as text: method, path, headers and body. */
  readonly asked: readonly string[];
  give(text: string): void;
  fail(mode: Exclude<Mode, "answer">): void;
  close(): Promise<void>;
}

export const startSource = (via: "http" | "file"): Promise<FeedSource> =>
  via === "http" ? httpSource() : Promise.resolve(fileSource());

async function httpSource(): Promise<FeedSource> {
  let mode: Mode = "answer";
  let text = "";
  const asked: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    asked.push(`${request.method} ${request.url}\n${JSON.stringify(request.headers)}\n${body}`);
    if (mode === "hang") return;
    if (mode === "down") return void response.writeHead(503).end("down for a while");
    if (mode === "endless") {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(" ".repeat(65_536)));
      };
      response.on("drain", more);
      return more();
    }
    response.writeHead(200, { "content-length": Buffer.byteLength(text) });
    if (mode === "cut") return void response.write(text.slice(0, text.length / 2), () => response.destroy());
    response.end(text);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    place: `http://127.0.0.1:${port}`,
    asked,
    give(next) {
      mode = "answer";
      text = next;
    },
    fail(next) {
      mode = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function fileSource(): FeedSource {
  const folder = mkdtempSync(join(tmpdir(), "feed-"));
  const place = join(folder, "feed.csv");
  return {
    place,
    asked: [],
    give: (text) => writeFileSync(place, text),
    fail(mode) {
      if (mode === "endless") writeFileSync(place, " ".repeat(5 * 1024 * 1024));
      else rmSync(place, { force: true });
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
