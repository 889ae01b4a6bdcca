import { describe, expect, it } from "vitest";
import { type Listening, parseListen, refuseUnsafe } from "./listening.ts";

describe("where to listen", () => {
  it.each([
    ["0.0.0.0", { host: "0.0.0.0" }],
    ["192.168.1.20:7420", { host: "192.168.1.20", port: 7420 }],
    ["hearth.lan:0", { host: "hearth.lan", port: 0 }],
    ["::", { host: "::" }],
    ["fe80::1", { host: "fe80::1" }],
    ["[::1]", { host: "::1" }],
    ["[::]:443", { host: "::", port: 443 }],
    ["", undefined],
    ["a:b", undefined],
    ["a:70000", undefined],
    ["[a]:1", undefined],
    ["[1.2.3.4]:1", undefined],
    ["http://a", undefined],
    ["a:1:2", undefined],
  ])("%j is %j", (text, parsed) => {
    expect(parseListen(text)).toEqual(parsed);
  });
});

describe("listening", () => {
  const tls = { certificate: "c", key: "k" };
  const proxies = ["192.168.1.2"];
  const outcome = (listening: Partial<Listening>, hasPassword: boolean) => {
    try {
      refuseUnsafe({ host: "127.0.0.1", port: 0, proxies: [], ...listening }, hasPassword);
      return "listens";
    } catch (thrown) {
      return (thrown as { code?: string }).code;
    }
  };

  it.each([
    ["on this machine", {}, "listens", "listens"],
    ["on this machine by name", { host: "localhost" }, "listens", "listens"],
    ["on this machine by IPv6", { host: "::1" }, "listens", "listens"],
    ["on another of its own addresses", { host: "127.9.9.9" }, "listens", "listens"],
    ["on this machine by TLS", { tls }, "listens", "listens"],
    ["on this machine behind a proxy", { proxies }, "access/no-password", "listens"],
    ["on the network", { host: "0.0.0.0" }, "access/no-password", "access/no-tls"],
    ["on the network by IPv6", { host: "::" }, "access/no-password", "access/no-tls"],
    ["on the network by name", { host: "localhost.example" }, "access/no-password", "access/no-tls"],
    ["on the network by TLS", { host: "192.168.1.20", tls }, "access/no-password", "listens"],
    ["on the network behind a proxy", { host: "192.168.1.20", proxies }, "access/no-password", "listens"],
  ])("%s", (_case, listening, without, withOne) => {
    expect(outcome(listening, false)).toBe(without);
    expect(outcome(listening, true)).toBe(withOne);
  });
});
