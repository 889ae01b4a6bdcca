import { expect, it } from "vitest";
import { parsePoolUrl } from "./poolUrl.ts";

it.each([
  ["stratum+tcp://pool.example:3333", "pool.example", 3333],
  ["stratum+tcp://pool.example:25/", "pool.example", 25],
  ["tcp://127.0.0.1:1", "127.0.0.1", 1],
  ["umbrel.local", "umbrel.local", 3333],
  ["stratum+tcp://[2001:db8::1]:65535", "2001:db8::1", 65_535],
])("%s is %s, port %d", (url, host, port) => {
  expect(parsePoolUrl(url)).toEqual({ host, port });
});

it.each([
  "",
  "http://pool.example:3333",
  "stratum+ssl://pool.example:3333",
  "stratum+tcp://pool.example:0",
  "stratum+tcp://pool.example:65536",
  "stratum+tcp://user@pool.example:3333",
  "stratum+tcp://:3333",
  "pool example",
])("refuses %j, saying what is allowed", (url) => {
  expect(() => parsePoolUrl(url)).toThrow(/stratum\+tcp:\/\/192\.168\.1\.10:3333/);
});
