import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
/** CAP_SYS_ADMIN of Linux, by its number. */
const adminRight = 21n;
const postgresHomes = "/usr/lib/postgresql";

/** Outside parts that some tests need: what to call them and where they were found, if anywhere. */
export const parts = {
  /** Where the kernel lets it make namespaces, which a container may not. */
  bubblewrap: mayUnshare() ? onPath("bwrap") : undefined,
  chromium: onPath("chromium") ?? onPath("google-chrome"),
  mosquitto: onPath("mosquitto"),
  /** The folder of `initdb` and `postgres`. */
  postgresql: newestPostgres(),
  /** The folder of the `bcoin` package. */
  "bitcoin-node": found(join(root, "test", "bitcoin-node", "node_modules", "bcoin")),
  /** The right to mount a file system, which root has outside of a container and often not within. */
  "small-disk": mayMount() ? onPath("mount") : undefined,
  /** Recorded replies and reference data, kept beside the checkout. */
  "shared-data": found(join(root, "..", "shared")),
} as const;
export type Part = keyof typeof parts;

/** What no installation brings. */
const rights = new Set<Part>(["small-disk"]);
if (onPath("bwrap") !== undefined) rights.add("bubblewrap");

/**
 * `describe` for tests that need an outside part. Where it is missing they are skipped and named in the
 * closing lines; in CI (`CI=true`) a missing part fails, if it can be installed.
 */
export function describeWith(part: Part, name: string, tests: (path: string) => void): void {
  const path = parts[part];
  const title = `${name} (needs ${part})`;
  if (path !== undefined) {
    describe(title, () => tests(path));
    return;
  }
  if (process.env["CI"] !== "true" || rights.has(part)) {
    it.skip(title, () => {});
    return;
  }
  it(title, () => {
    throw new Error(`${part} is not installed; .ci/run installs it`);
  });
}

function found(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}

function mayMount(): boolean {
  const status = "/proc/self/status";
  const rights = existsSync(status)
    ? /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync(status, "utf8"))?.[1]
    : undefined;
  return ((BigInt(`0x${rights ?? "0"}`) >> adminRight) & 1n) === 1n;
}

function mayUnshare(): boolean {
  const bwrap = onPath("bwrap");
  return (
    bwrap !== undefined && spawnSync(bwrap, ["--unshare-all", "--ro-bind", "/", "/", "true"]).status === 0
  );
}

function onPath(command: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, command)).find((path) => existsSync(path));
}

function newestPostgres(): string | undefined {
  const onThePath = onPath("initdb");
  if (onThePath) return join(onThePath, "..");
  if (!existsSync(postgresHomes)) return undefined;
  const versions = readdirSync(postgresHomes).map(Number).filter(Number.isFinite);
  versions.sort((a, b) => b - a);
  return versions
    .map((version) => join(postgresHomes, String(version), "bin"))
    .find((bin) => existsSync(bin));
}
