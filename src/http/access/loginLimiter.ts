import { isIPv6 } from "node:net";
import { type Bucket, missing, type Rate, refilled, Seconds } from "../../domain/index.ts";
import type { Caller } from "./caller.ts";

/** Tries of a password from one network. */
export const perNetwork: Rate = { burst: 5, every: 20 };
/** For all networks together from which the owner has not logged in yet. */
export const perWorld: Rate = { burst: 20, every: 3 };
/** This machine has its own, so that nobody elsewhere can keep out who sits at it. */
export const perMachine: Rate = { burst: 20, every: 1 };
const maxNetworks = 1024;
const maxKnown = 32;

export const thisMachine = "this machine";

/** Bounds how often a password may be tried, and its own memory. */
export class LoginLimiter {
  readonly #networks = new Map<string, Bucket>();
  readonly #known = new Set<string>();
  #world: Bucket | undefined;

  /** 0 when the caller may try now, which is then counted; else how long to wait. `now` is of a monotonic clock. */
  take(caller: Caller, now: Seconds): Seconds {
    const network = networkOf(caller);
    const own = refilled(this.#networks.get(network), rateOf(network), now);
    const isOfWorld = network !== thisMachine && !this.#known.has(network);
    const world = refilled(this.#world, perWorld, now);
    const wait = Math.max(missing(own, rateOf(network)), isOfWorld ? missing(world, perWorld) : 0);
    if (wait > 0) return Seconds(wait);
    this.#remember(network, { ...own, left: own.left - 1 });
    if (isOfWorld) this.#world = { ...world, left: world.left - 1 };
    return Seconds(0);
  }

  /** The password was right: what was tried before is forgotten, and strangers cannot use up this network's tries. */
  succeeded(caller: Caller): void {
    const network = networkOf(caller);
    this.#networks.delete(network);
    this.#known.delete(network);
    this.#known.add(network);
    if (this.#known.size > maxKnown) dropOldest(this.#known);
  }

  #remember(network: string, bucket: Bucket): void {
    this.#networks.delete(network);
    this.#networks.set(network, bucket);
    if (this.#networks.size > maxNetworks) dropOldest(this.#networks);
  }
}

const rateOf = (network: string) => (network === thisMachine ? perMachine : perNetwork);

function dropOldest(kept: { keys(): Iterator<string>; delete(key: string): boolean }): void {
  const { value, done } = kept.keys().next();
  if (!done) kept.delete(value);
}

/** A household's or a provider's customer has a whole /64 of IPv6 to try from. */
export function networkOf({ address, isLocal }: Caller): string {
  if (isLocal) return thisMachine;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array<string>(zeros).fill("0"), ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
