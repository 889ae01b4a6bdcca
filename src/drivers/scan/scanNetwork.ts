import { inTime } from "../transports/inTime.ts";
import { cgminerProbe } from "./cgminerProbe.ts";
import type { Finding, Probe } from "./finding.ts";
import { httpProbes } from "./httpProbes.ts";
import { knock } from "./knock.ts";
import type { Subnet } from "./subnet.ts";

export interface ScanOptions {
  readonly subnets: readonly Subnet[];
  /** Ports beside the usual ones, where devices were moved to. */
  readonly ports?: readonly number[];
  readonly signal: AbortSignal;
  /** The share of the addresses that was gone through, 0 … 1. */
  readonly onProgress: (share: number) => void;
  readonly onFound: (found: FoundDevice) => void;
}

export interface FoundDevice extends Finding {
  /** `192.168.1.20`, or with its port where that is not the usual one. */
  readonly address: string;
}

/** What is sent into a home's network at a time. */
export const mostSockets = 64;
/** A device that sleeps on a radio, or has to be found by its address first, answers within this. */
const knockMs = 500;
/** A host that said nothing at all is asked twice. */
const rounds = 2;
/** For everything that a device is asked. */
const lookMs = 6000;

const usualPorts = [
  { port: 80, probes: httpProbes },
  { port: 4028, probes: [cgminerProbe] },
] as const;

/**
 * Searches networks for devices that can be heaters or plugs. It knocks at few ports, asks only what answers, and
 * never writes: at most 64 sockets at a time, a network of 254 hosts within 15 s.
 */
export async function scanNetwork({
  subnets,
  ports = [],
  signal,
  onProgress,
  onFound,
}: ScanOptions): Promise<void> {
  const places = [
    ...usualPorts,
    ...ports
      .filter((port) => !usualPorts.some((usual) => usual.port === port))
      .map((port) => ({ port, probes: [...httpProbes, cgminerProbe] })),
  ];
  const total = subnets.reduce((sum, { size }) => sum + size, 0) * places.length;
  const known = new Set<string>();
  let done = 0;

  async function visit(host: string, { port, probes }: { port: number; probes: readonly Probe[] }) {
    for (let round = 0; round < rounds && !signal.aborted; round++) {
      const answer = await knock(host, port, knockMs, signal);
      if (answer === "closed") break;
      if (answer === "silent") continue;
      const finding = await lookAt(host, port, probes, signal);
      if (finding && !isTold(host, finding)) onFound({ ...finding, address: addressOf(host, port) });
      break;
    }
    done += 1;
    onProgress(done / total);
  }

  /** A miner answers on two ports, and is one device. */
  function isTold(host: string, { driver, kind }: Finding): boolean {
    const [same, whatever] = [`${host} ${driver ?? kind}`, `${host} heater`];
    const wasTold = known.has(same) || (driver === undefined && known.has(whatever));
    known.add(same);
    if (kind === "heater") known.add(whatever);
    return wasTold;
  }

  const visits = allVisits(subnets, places);
  await Promise.all(
    Array.from({ length: mostSockets }, async () => {
      for (const { host, place } of visits) {
        if (signal.aborted) return;
        await visit(host, place);
      }
    }),
  );
}

function* allVisits<Place>(subnets: readonly Subnet[], places: readonly Place[]) {
  for (const subnet of subnets) {
    for (const host of subnet.addresses()) {
      for (const place of places) yield { host, place };
    }
  }
}

/** The first probe that knows it; one that fails says that it is another device. */
function lookAt(
  host: string,
  port: number,
  probes: readonly Probe[],
  signal: AbortSignal,
): Promise<Finding | undefined> {
  return inTime(lookMs, signal, async (limited) => {
    for (const probe of probes) {
      if (limited.aborted) return undefined;
      const finding = await probe.look(host, port, limited).catch(() => undefined);
      if (finding) return finding;
    }
    return undefined;
  });
}

const addressOf = (host: string, port: number) =>
  usualPorts.some((usual) => usual.port === port) ? host : `${host}:${port}`;
