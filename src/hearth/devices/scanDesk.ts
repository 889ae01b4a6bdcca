import { networkInterfaces } from "node:os";
import { HearthworkError, idPattern, messageOf } from "../../domain/index.ts";
import { type FoundDevice, ownSubnets, parseSubnet, scanNetwork } from "../../drivers/index.ts";
import type { Entry, FoundDevice as FoundView, Json, ScanView } from "../../wire/index.ts";
import type { ScanDesk } from "../siteDesk.ts";

interface Search {
  state: ScanView["state"];
  progress: number;
  message: string;
  readonly subnets: readonly string[];
  readonly found: FoundDevice[];
  readonly aborter: AbortController;
}

const mostFound = 256;

/** `settings` gives what hearth.yaml says, so that known devices are told apart from new ones. */
export function scanDesk(settings: () => Promise<Entry | null>): ScanDesk & { close(): void } {
  let search: Search | undefined;
  const own = () => ownSubnets(networkInterfaces());

  async function view(): Promise<ScanView> {
    const known = configured(await settings().catch(() => null));
    return {
      state: search?.state ?? "none",
      progress: search?.progress ?? 0,
      subnets: [...(search?.subnets ?? [])],
      ownSubnets: own().map(({ cidr }) => cidr),
      found: foundViews(search?.found ?? [], known),
      message: search?.message ?? "",
    };
  }

  async function run(current: Search, options: Pick<Parameters<typeof scanNetwork>[0], "subnets" | "ports">) {
    try {
      await scanNetwork({
        ...options,
        signal: current.aborter.signal,
        onProgress: (share) => (current.progress = share),
        onFound: (device) => void (current.found.length < mostFound && current.found.push(device)),
      });
      current.state = current.aborter.signal.aborted ? "stopped" : "done";
    } catch (thrown) {
      current.state = "failed";
      current.message = messageOf(thrown);
    }
  }

  return {
    view,
    async start({ subnet, ports = [] }) {
      const subnets = subnet === undefined ? own() : [parseSubnet(subnet)];
      if (subnets.length === 0) {
        throw new HearthworkError({
          code: "scan/no-network",
          message: "This computer is in no home's network; name one like 192.168.1.0/24",
        });
      }
      search?.aborter.abort();
      search = {
        state: "running",
        progress: 0,
        message: "",
        subnets: subnets.map(({ cidr }) => cidr),
        found: [],
        aborter: new AbortController(),
      };
      void run(search, { subnets, ports });
      return view();
    },
    async stop() {
      search?.aborter.abort();
      if (search?.state === "running") search.state = "stopped";
      return view();
    },
    close: () => search?.aborter.abort(),
  };
}

/** Ids by the addresses under which the configuration has them. */
interface Configured {
  readonly byAddress: ReadonlyMap<string, string>;
  readonly ids: ReadonlySet<string>;
}

function configured(settings: Entry | null): Configured {
  const byAddress = new Map<string, string>();
  const ids = new Set<string>();
  const look = (value: Json | undefined, id: string): void => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) return value.forEach((item: Json) => look(item, id));
    const section = value as Entry;
    const here = typeof section["id"] === "string" ? section["id"] : id;
    if (here !== "") ids.add(here);
    const { address } = section;
    if (typeof address === "string") byAddress.set(plainAddress(address), here);
    for (const item of Object.values(section)) look(item, here);
  };
  for (const list of ["sinks", "heaters"]) look(settings?.[list], "");
  return { byAddress, ids };
}

const plainAddress = (address: string) => address.replace(/^https?:\/\//, "").replace(/(:80)?\/?$/, "");

function foundViews(found: readonly FoundDevice[], { byAddress, ids }: Configured): FoundView[] {
  const taken = new Set(ids);
  return found.map(({ address, kind, title, driver, keys = {}, needsCredentials = false, note = "" }) => {
    const configuredAs = byAddress.get(address) ?? null;
    const entry = driver === undefined ? null : { driver, address, ...keys };
    return {
      address,
      kind,
      title,
      driver: driver ?? null,
      entry:
        entry &&
        (kind === "heater" ? { id: freeId(title, taken), name: title.slice(0, 60), ...entry } : entry),
      configuredAs,
      needsCredentials,
      note,
    };
  });
}

/** An id from a title, that no other entry has. */
function freeId(title: string, taken: Set<string>): string {
  const plain = title
    .toLowerCase()
    .replace(/\(.*\)| on (braiins|lux)os?\b.*/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  const base = idPattern.test(plain) ? plain : "heater";
  let id = base;
  for (let count = 2; taken.has(id); count++) id = `${base}-${count}`;
  taken.add(id);
  return id;
}
