import { isIPv4 } from "node:net";
import { HearthworkError } from "../../domain/index.ts";

/** A stretch of IPv4 addresses, like 192.168.1.0/24. */
export interface Subnet {
  readonly cidr: string;
  /** Every address that a host may have in it, in order. */
  addresses(): Generator<string>;
  /** How many those are. */
  readonly size: number;
}

/** What a computer tells of one of its network interfaces' addresses. */
export interface InterfaceAddress {
  readonly address: string;
  readonly family: string;
  readonly cidr: string | null;
  readonly internal: boolean;
}

/** A /22: four networks of a home. */
export const mostAddresses = 1024;

/** Where homes are: RFC 1918, and the addresses that only this link or this computer has. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8"];

/**
 * A subnet that may be searched, written like 192.168.1.0/24, or one address.
 * @throws {HearthworkError} `scan/not-a-subnet`, `scan/public` for addresses that are not a home's own, and
 * `scan/too-large` past a /22, unless `large` says that this is meant.
 */
export function parseSubnet(text: string, large = false): Subnet {
  const [address = "", prefix = "32", ...rest] = text.trim().split("/");
  const bits = Number(prefix);
  if (!isIPv4(address) || rest.length > 0 || !/^\d{1,2}$/.test(prefix) || bits > 32) {
    throw refuse("not-a-subnet", `"${text.slice(0, 50)}" is no network; write it like 192.168.1.0/24`);
  }
  const subnet = subnetAt(numberOf(address), bits);
  if (!privateRanges.some((range) => isWithin(address, bits, range))) {
    throw refuse("public", `${subnet.cidr} is not a home's own network; only private addresses are searched`);
  }
  if (subnet.size > mostAddresses && !large) {
    throw refuse(
      "too-large",
      `${subnet.cidr} has ${subnet.size} addresses; name a part of it, at most a /22`,
    );
  }
  return subnet;
}

/** The home's networks that this computer is in; of a large one, the /24 around its own address. */
export function ownSubnets(
  interfaces: Readonly<Record<string, readonly InterfaceAddress[] | undefined>>,
): readonly Subnet[] {
  const subnets = new Map<string, Subnet>();
  for (const { address, family, cidr, internal } of Object.values(interfaces).flatMap((all) => all ?? [])) {
    if (internal || family !== "IPv4" || cidr === null) continue;
    const bits = Math.max(Number(cidr.split("/")[1]), 1);
    const isSmall = 2 ** (32 - bits) <= mostAddresses;
    const subnet = subnetAt(numberOf(address), isSmall ? bits : 24);
    if (privateRanges.some((range) => isWithin(address, 32, range))) subnets.set(subnet.cidr, subnet);
  }
  return [...subnets.values()];
}

function subnetAt(address: number, bits: number): Subnet {
  const count = 2 ** (32 - bits);
  const first = Math.floor(address / count) * count;
  // The first address names the network and the last one calls to all of it.
  const [from, to] = count > 2 ? [first + 1, first + count - 2] : [first, first + count - 1];
  return {
    cidr: `${textOf(first)}/${bits}`,
    size: to - from + 1,
    *addresses() {
      for (let one = from; one <= to; one++) yield textOf(one);
    },
  };
}

function isWithin(address: string, bits: number, range: string): boolean {
  const [base = "", prefix] = range.split("/");
  const rangeBits = Number(prefix);
  const size = 2 ** (32 - rangeBits);
  return bits >= rangeBits && Math.floor(numberOf(address) / size) === Math.floor(numberOf(base) / size);
}

const numberOf = (address: string) => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const textOf = (number: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");

const refuse = (what: string, message: string) => new HearthworkError({ code: `scan/${what}`, message });
