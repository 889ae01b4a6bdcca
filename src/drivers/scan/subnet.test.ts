import { describe, expect, it } from "vitest";
import { HearthworkError } from "../../domain/index.ts";
import { type InterfaceAddress, ownSubnets, parseSubnet } from "./subnet.ts";

const on = (address: string, cidr: string, internal = false): InterfaceAddress => ({
  address,
  family: "IPv4",
  cidr,
  internal,
});
const codeOf = (text: string) => {
  try {
    return parseSubnet(text).cidr;
  } catch (thrown) {
    return thrown instanceof HearthworkError ? thrown.code : thrown;
  }
};

describe("a network that is searched", () => {
  it("has every address of a host, and neither the network's nor the one that calls to all", () => {
    const subnet = parseSubnet("192.168.1.77/24");
    const all = [...subnet.addresses()];
    expect(subnet.size).toBe(254);
    expect(all).toHaveLength(254);
    expect([all[0], all.at(-1)]).toEqual(["192.168.1.1", "192.168.1.254"]);
    expect([...parseSubnet("10.0.3.255/23").addresses()].slice(253, 256)).toEqual([
      "10.0.2.254",
      "10.0.2.255",
      "10.0.3.0",
    ]);
  });

  it.each([
    ["one address", "10.1.2.3", ["10.1.2.3"]],
    ["two hosts without a network", "10.1.2.2/31", ["10.1.2.2", "10.1.2.3"]],
    ["a tiny network", "10.1.2.0/30", ["10.1.2.1", "10.1.2.2"]],
  ])("is %s", (_case, text, addresses) => {
    expect([...parseSubnet(text).addresses()]).toEqual(addresses);
  });

  it.each([
    ["a home's", "192.168.0.0/22", "192.168.0.0/22"],
    ["a link's own", "169.254.10.0/24", "169.254.10.0/24"],
    ["the last of a private range", "172.31.255.0/24", "172.31.255.0/24"],
    ["a public one", "8.8.8.0/24", "scan/public"],
    ["one that is private only in part", "192.0.0.0/8", "scan/public"],
    ["beside a private range", "172.32.0.0/24", "scan/public"],
    ["a carrier's", "100.64.0.0/24", "scan/public"],
    ["a large one", "10.0.0.0/21", "scan/too-large"],
    ["no address", "home", "scan/not-a-subnet"],
    ["a prefix that is none", "10.0.0.0/33", "scan/not-a-subnet"],
    ["two prefixes", "10.0.0.0/24/24", "scan/not-a-subnet"],
    ["IPv6", "fd00::/64", "scan/not-a-subnet"],
    ["an octet too large", "10.0.0.256/24", "scan/not-a-subnet"],
  ])("%s: %s gives %s", (_case, text, outcome) => {
    expect(codeOf(text)).toBe(outcome);
  });

  it("may be large when that is meant", () => {
    expect(parseSubnet("10.0.0.0/20", true).size).toBe(4094);
  });
});

describe("the networks that this computer is in", () => {
  it("are the private ones of its interfaces, each once", () => {
    const subnets = ownSubnets({
      lo: [on("127.0.0.1", "127.0.0.1/8", true)],
      eth0: [on("192.168.1.5", "192.168.1.5/24"), { ...on("fd00::5", "fd00::5/64"), family: "IPv6" }],
      wlan0: [on("192.168.1.6", "192.168.1.6/24")],
      wan0: [on("93.184.216.34", "93.184.216.34/24")],
    });
    expect(subnets.map(({ cidr }) => cidr)).toEqual(["192.168.1.0/24"]);
  });

  it("are cut to a /24 around its own address where they are large", () => {
    expect(ownSubnets({ eth0: [on("10.7.8.9", "10.7.8.9/8")] }).map(({ cidr }) => cidr)).toEqual([
      "10.7.8.0/24",
    ]);
  });
});
