export interface Room {
  readonly floor: 0 | 1 | 2 | 3 | 4;
  readonly mayImport: readonly string[];
}

const pure = ["domain", "heat", "energy", "bitcoin", "jobs", "market", "wire"];
const io = [
  "drivers",
  "mining",
  "solver",
  "runtimes",
  "agent",
  "benchmark",
  "chain",
  "store",
  "http",
  "client",
];
const composed = ["hearth", "exchange"];

const onFloor2: Room = { floor: 2, mayImport: pure };
const onFloor3: Room = { floor: 3, mayImport: [...pure, ...io] };

/** The rooms of the house: a folder under `src/` each, and whom it may import. Arrows point down. */
export const rooms: Readonly<Record<string, Room>> = {
  domain: { floor: 0, mayImport: [] },
  heat: { floor: 1, mayImport: ["domain"] },
  energy: { floor: 1, mayImport: ["domain"] },
  bitcoin: { floor: 1, mayImport: ["domain"] },
  jobs: { floor: 1, mayImport: ["domain"] },
  market: { floor: 1, mayImport: ["domain", "energy", "jobs"] },
  wire: { floor: 1, mayImport: ["domain", "energy", "jobs", "market"] },
  drivers: { floor: 2, mayImport: [...pure, "mining"] },
  mining: onFloor2,
  solver: onFloor2,
  runtimes: onFloor2,
  agent: onFloor2,
  benchmark: onFloor2,
  chain: onFloor2,
  store: onFloor2,
  http: onFloor2,
  client: onFloor2,
  hearth: onFloor3,
  exchange: onFloor3,
  lab: { floor: 3, mayImport: [...pure, ...io, ...composed] },
  cli: { floor: 4, mayImport: [...pure, ...io, ...composed, "lab"] },
};

/** What the pages in `web/` may import, beside each other and packages. */
export const webMayImport = pure;

/** Rooms whose `browser.ts` is a second door, for `web/` alone. */
export const roomsWithBrowserDoor = ["agent", "solver", "runtimes", "benchmark", "lab"];

/** The packages that floors 0 and 1 may use: both compute and do nothing else. */
export const purePackages = ["zod", "@noble/hashes"];

/** The globals that floors 0 and 1 may use: the language's own, and codecs that every host has. Some have an impure member: see `impureMembers`. */
export const pureGlobals = new Set(
  [
    "undefined NaN Infinity Object Array Boolean Number BigInt String Symbol Map Set WeakMap WeakSet",
    "Promise Proxy Reflect RegExp JSON Math Date Intl Iterator isNaN isFinite parseInt parseFloat",
    "Error AggregateError RangeError SyntaxError TypeError URIError ArrayBuffer DataView",
    "Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array",
    "BigInt64Array BigUint64Array Float32Array Float64Array TextEncoder TextDecoder",
    "URL URLSearchParams encodeURIComponent decodeURIComponent structuredClone",
    "AbortController AbortSignal WebAssembly",
  ].flatMap((line) => line.split(" ")),
);
