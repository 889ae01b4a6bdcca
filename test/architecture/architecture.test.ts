import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findBreaches } from "./findBreaches.ts";
import { readHouse } from "./readHouse.ts";
import { readModules } from "./readModules.ts";
import { rooms } from "./rooms.ts";

/** Reading every module takes long on a busy machine. */
const readingMs = 120_000;

describe("the house", { timeout: readingMs }, () => {
  const house = readHouse(fileURLToPath(new URL("../..", import.meta.url)));
  // Seconds of work, and no test's own: it is done while the tests are collected.
  const modules = readModules(house.tree);

  it("is read whole", () => {
    const read = modules.filter(({ path }) => path.startsWith("src/"));
    expect(read.length).toBeGreaterThan(20);
    expect(read.flatMap(({ imports }) => imports).length).toBeGreaterThan(50);
  });

  it("keeps its plan", () => {
    const breaches = findBreaches(house).map(({ rule, where, message }) => `${rule}: ${where} ${message}`);
    expect(breaches).toEqual([]);
  });

  it("has a plan whose arrows point down, but for those it names", () => {
    const exceptions = new Set([
      "market → energy",
      "market → jobs",
      "wire → energy",
      "wire → jobs",
      "wire → market",
    ]);
    exceptions.add("drivers → mining").add("lab → hearth").add("lab → exchange");
    const notDown = Object.entries(rooms).flatMap(([name, { floor, mayImport }]) =>
      mayImport.filter((to) => (rooms[to]?.floor ?? 9) >= floor).map((to) => `${name} → ${to}`),
    );
    expect(new Set(notDown)).toEqual(exceptions);
  });
});
