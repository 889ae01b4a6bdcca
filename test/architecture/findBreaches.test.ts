import { describe, expect, it } from "vitest";
import { findBreaches } from "./findBreaches.ts";
import { findCircles } from "./findCircles.ts";

const sound = {
  "src/domain/index.ts": `export * from "./units.ts";`,
  "src/domain/units.ts": `export const watts = (value: number) => Math.round(value);`,
  "src/heat/index.ts": `export * from "./room.ts";`,
  "src/heat/room.ts": `import { z } from "zod"; import { watts } from "../domain/index.ts"; export const room = z.number().parse(watts(1));`,
  "src/mining/index.ts": `export const hasher = new URL("./hash.worker.ts", import.meta.url);`,
  "src/mining/hash.worker.ts": `import "node:worker_threads";`,
  "src/solver/browser.ts": `export const solve = 1;`,
  "web/src/main.tsx": `import { room } from "../../src/heat/index.ts"; import "./page.css"; export const page = <p onClick={() => fetch("/")}>{room}</p>;`,
};

function breachesOf(files: Record<string, string>) {
  const tree = new Map(Object.entries({ ...sound, ...files }));
  return findBreaches({ tree, dependencies: ["fastify", "zod"] }).map(
    ({ rule, where }) => `${rule} ${where}`,
  );
}

describe("findBreaches", () => {
  it("finds nothing in a sound house", () => {
    expect(breachesOf({})).toEqual([]);
  });

  it("fails when it read no modules", () => {
    expect(findBreaches({ tree: new Map(), dependencies: [] }).map(({ rule }) => rule)).toEqual([
      "no modules",
    ]);
  });

  it.each([
    ["a static import up", `import { hasher } from "../mining/index.ts";`],
    ["a type-only import up", `import type { hasher } from "../mining/index.ts";`],
    ["an inline type import up", `import { type hasher } from "../mining/index.ts";`],
    ["a dynamic import up", `export const load = () => import("../mining/index.ts");`],
    ["a re-export from above", `export { hasher } from "../mining/index.ts";`],
    ["a star re-export from above", `export * from "../mining/index.ts";`],
    ["a type re-export from above", `export type * from "../mining/index.ts";`],
    ["an import type", `export type Hasher = import("../mining/index.ts").Hasher;`],
    ["a typeof import", `export type Hasher = typeof import("../mining/index.ts");`],
    ["a require", `declare const require: (path: string) => unknown; require("../mining/index.ts");`],
    ["an import sideways", `import "../energy/index.ts";`],
  ])("finds %s", (_name, text) => {
    const files = { "src/heat/x.ts": text, "src/energy/index.ts": "export {};" };
    expect(breachesOf(files)).toEqual(["floor src/heat/x.ts:1"]);
  });

  it("finds a worker started past the floors and past the door", () => {
    const starts = [
      `new URL("../mining/hash.worker.ts", import.meta.url)`,
      `new URL("../mining/hash.worker.js", import.meta.url)`,
      `new URL(\`../mining/hash.worker.\${kind}\`, import.meta.url)`,
      `import.meta.resolve("../mining/hash.worker.ts")`,
    ];
    for (const start of starts) {
      expect(breachesOf({ "src/store/x.ts": `export const at = (kind: string) => ${start};` })).toEqual([
        "floor src/store/x.ts:1",
      ]);
      expect(breachesOf({ "src/drivers/x.ts": `export const at = (kind: string) => ${start};` })).toEqual([
        "deep import src/drivers/x.ts:1",
      ]);
    }
  });

  it("finds a deep import past a door, on any floor and in tests", () => {
    const deep = `\nimport { room } from "../heat/room.ts";`;
    expect(breachesOf({ "src/hearth/x.ts": deep })).toEqual(["deep import src/hearth/x.ts:2"]);
    expect(breachesOf({ "src/hearth/x.test.ts": deep })).toEqual(["deep import src/hearth/x.test.ts:2"]);
    expect(breachesOf({ "web/src/x.ts": `import "../../src/heat/room.ts";` })).toEqual([
      "deep import web/src/x.ts:1",
    ]);
  });

  it("lets drivers use mining, and mining not use drivers", () => {
    const drivers = { "src/drivers/index.ts": `import { hasher } from "../mining/index.ts";` };
    expect(breachesOf(drivers)).toEqual([]);
    expect(breachesOf({ ...drivers, "src/mining/x.ts": `import "../drivers/index.ts";` })).toContain(
      "floor src/mining/x.ts:1",
    );
  });

  it("finds a circle between files, even of types", () => {
    const files = {
      "src/heat/a.ts": `import type { B } from "./b.ts"; export type A = B;`,
      "src/heat/b.ts": `import type { A } from "./a.ts"; export type B = A;`,
    };
    expect(breachesOf(files)).toEqual(["circle src/heat/a.ts → src/heat/b.ts"]);
  });

  it("finds a file that imports its own room's door", () => {
    expect(breachesOf({ "src/heat/room.ts": `import "./index.ts";` })).toEqual([
      "circle src/heat/index.ts → src/heat/room.ts",
    ]);
  });

  it("finds a circle between rooms", () => {
    const files = {
      "src/jobs/a.ts": `import "../market/index.ts";`,
      "src/jobs/index.ts": "",
      "src/market/b.ts": `import "../jobs/index.ts";`,
      "src/market/index.ts": "",
    };
    expect(breachesOf(files)).toEqual(["floor src/jobs/a.ts:1", "circle jobs → market"]);
  });

  it.each([
    "Date.now()",
    "new Date()",
    "new Date",
    "Date()",
    "[0].map(Date)",
    "Math.random()",
    "[Math].length",
    "setTimeout(() => 1, 2)",
    "setInterval(() => 1, 2)",
    "queueMicrotask(() => 1)",
    "performance.now()",
    `fetch("/")`,
    "process.env",
    `console.log("x")`,
    "crypto.getRandomValues(new Uint8Array(1))",
    "globalThis",
    "globalThis.Date.now()",
    "(globalThis as unknown as { fetch(): void }).fetch()",
    "AbortSignal.timeout(5)",
    "({ fetch })",
    "import.meta.url",
    `eval("1")`,
  ])("finds that %s is impure", (expression) => {
    expect(breachesOf({ "src/heat/x.ts": `export const x = () => ${expression};` })).toEqual([
      "impure src/heat/x.ts:1",
    ]);
    expect(breachesOf({ "src/heat/x.test.ts": `export const x = () => ${expression};` })).toEqual([]);
    expect(breachesOf({ "src/http/x.ts": `export const x = () => ${expression};` })).toEqual([]);
  });

  it.each([
    "(host: { Date: { now(): number } }) => host.Date.now()",
    "(fetch: () => void) => fetch()",
    "({ now: Date }: { now: () => number }) => Date()",
    "(at: number) => new Date(at).toISOString()",
    "(at: unknown) => at instanceof Date",
    "Date.UTC(2026, 0)",
    "(signal: AbortSignal) => AbortSignal.any([signal])",
    "({ process: 1, console: 2 }).process",
    "(value: typeof performance) => value",
    "class { process() {} fetch = 1; }",
    "class extends Error {}",
    "(globalThis as { WebAssembly: object }).WebAssembly",
    "() => { loop: for (;;) break loop; }",
  ])("finds that %s is pure", (expression) => {
    expect(breachesOf({ "src/heat/x.ts": `export const x = ${expression};` })).toEqual([]);
  });

  it("sees through a name that only another function declares", () => {
    const text = `export const a = (fetch: () => void) => fetch();\nexport const b = () => fetch("/");`;
    expect(breachesOf({ "src/heat/x.ts": text })).toEqual(["impure src/heat/x.ts:2"]);
  });

  it.each(["node:fs", "fs", "fastify", "vitest"])("keeps %s from the pure floors, tests excepted", (name) => {
    expect(breachesOf({ "src/heat/x.ts": `import "${name}";` })).toEqual(["package src/heat/x.ts:1"]);
    expect(breachesOf({ "src/heat/x.test.ts": `import "${name}";` })).toEqual([]);
  });

  it("keeps packages that are not installed with it from the product", () => {
    const files = {
      "src/http/x.ts": `import "fastify";\nimport "node:fs";\nimport type { Vi } from "vitest";\nimport "vite/client";`,
    };
    expect(breachesOf(files)).toEqual(["package src/http/x.ts:4"]);
  });

  it("keeps tests out of the product", () => {
    const files = {
      "src/drivers/driver.suite.ts": "export {};",
      "src/drivers/a.test.ts": `import "./driver.suite.ts"; import "../../test/parts.ts";`,
      "src/drivers/b.ts": `import "./driver.suite.ts";`,
      "src/drivers/c.ts": `import "../../test/parts.ts";`,
      "test/parts.ts": "export {};",
    };
    expect(breachesOf(files)).toEqual([
      "test in product src/drivers/b.ts:1",
      "test in product src/drivers/c.ts:1",
    ]);
  });

  it("keeps pages to the pure floors and the browser doors", () => {
    const files = {
      "web/src/a.ts": `import "../../src/mining/index.ts";`,
      "web/src/b.ts": `import "../../src/solver/browser.ts";`,
      "web/src/c.ts": `import "../../src/mining/browser.ts";`,
      "web/src/d.ts": `import "node:fs";`,
      "web/vite.config.ts": `import "node:fs";`,
      "src/mining/browser.ts": "export {};",
      "src/hearth/x.ts": `import "../solver/browser.ts";`,
      "src/hearth/y.ts": `import "../../web/src/b.ts";`,
    };
    expect(breachesOf(files)).toEqual([
      "floor web/src/a.ts:1",
      "browser door web/src/c.ts:1",
      "package web/src/d.ts:1",
      "browser door src/hearth/x.ts:1",
      "floor src/hearth/y.ts:1",
    ]);
  });

  it("finds imports that cannot be read or lead nowhere", () => {
    const files = {
      "src/http/a.ts": `export const load = (path: string) => import(path);`,
      "src/http/b.ts": `import "./gone.ts";`,
    };
    expect(breachesOf(files)).toEqual(["unreadable import src/http/a.ts:1", "lost import src/http/b.ts:1"]);
  });

  it("finds files outside the rooms", () => {
    expect(breachesOf({ "src/utils/x.ts": "", "src/y.ts": "" })).toEqual([
      "unknown room src/utils/x.ts",
      "unknown room src/y.ts",
    ]);
  });
});

describe("findCircles", () => {
  const graph = (edges: Record<string, string[]>) =>
    new Map(Object.entries(edges).map(([from, to]) => [from, new Set(to)]));

  it("finds each circle once, and none in a diamond", () => {
    expect(findCircles(graph({ a: ["b", "c"], b: ["d"], c: ["d"], d: [] }))).toEqual([]);
    expect(findCircles(graph({ x: ["a"], a: ["b"], b: ["c"], c: ["a"], y: ["y"] }))).toEqual([
      ["a", "b", "c"],
      ["y"],
    ]);
  });
});
