import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Seconds } from "../../domain/index.ts";
import type { Caller } from "./caller.ts";
import { LoginLimiter } from "./loginLimiter.ts";

const from = (address: string, isLocal = false): Caller => ({ address, scheme: "https", isLocal });

/** How many tries in a row are granted. */
function tries(limiter: LoginLimiter, caller: Caller, now = 0, atMost = 100): number {
  let count = 0;
  while (count < atMost && limiter.take(caller, Seconds(now)) === 0) count += 1;
  return count;
}

describe("tries of a password", () => {
  it("are five at once, and then one in 20 s, for a network", () => {
    const limiter = new LoginLimiter();
    expect(tries(limiter, from("192.0.2.1"))).toBe(5);
    expect(limiter.take(from("192.0.2.1"), Seconds(5))).toBeCloseTo(15);
    expect(tries(limiter, from("192.0.2.1"), 20)).toBe(1);
    expect(tries(limiter, from("192.0.2.2"))).toBe(5);
    expect(tries(limiter, from("192.0.2.1"), 10_000)).toBe(5);
  });

  it.each([
    ["2001:db8::1", "2001:db8:0:0:ffff::2", true],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", true],
    ["2001:db8::1", "2001:db8:0:1::1", false],
    ["::1:2", "::", true],
  ])("%s and %s are one network: %s", (one, other, isSame) => {
    const limiter = new LoginLimiter();
    tries(limiter, from(one));
    expect(tries(limiter, from(other))).toBe(isSame ? 0 : 5);
  });

  it("are bounded for all networks together, however many there are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ network: fc.nat(5000), pause: fc.double({ min: 0, max: 2, noNaN: true }) }), {
          maxLength: 3000,
          minLength: 500,
        }),
        (asked) => {
          const limiter = new LoginLimiter();
          let now = 0;
          let granted = 0;
          for (const { network, pause } of asked) {
            now += pause;
            const address = `10.${network >> 8}.${network & 255}.1`;
            if (limiter.take(from(address), Seconds(now)) === 0) granted += 1;
          }
          expect(granted).toBeLessThanOrEqual(20 + now / 3 + 1e-6);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("of strangers keep out neither who logged in before nor this machine", () => {
    const limiter = new LoginLimiter();
    const owner = from("198.51.100.7");
    limiter.succeeded(owner);
    for (let host = 0; host < 100; host++) tries(limiter, from(`192.0.2.${host}`));
    expect(tries(limiter, from("203.0.113.1"))).toBe(0);
    expect(tries(limiter, owner)).toBe(5);
    expect(tries(limiter, from("127.0.0.1", true))).toBe(20);
  });

  it("are had anew after the right password", () => {
    const limiter = new LoginLimiter();
    const owner = from("198.51.100.7");
    tries(limiter, owner, 0, 4);
    limiter.succeeded(owner);
    expect(tries(limiter, owner)).toBe(5);
  });

  it("are bounded on this machine too", () => {
    const limiter = new LoginLimiter();
    const here = from("127.0.0.1", true);
    expect(tries(limiter, here)).toBe(20);
    expect(tries(limiter, here, 10)).toBe(10);
  });
});
