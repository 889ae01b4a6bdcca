import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { requireNode24 } from "../bin/requireNode24.js";

requireNode24();
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
/** What runs from this checkout starts faster when its compiled code is kept; beside it, where nobody else writes. */
process.env.NODE_COMPILE_CACHE ??= join(process.cwd(), "node_modules", ".cache", "compiled");

const bin = (file, ...args) => [process.execPath, join("node_modules", file), ...args];
const tsc = (...args) => bin("typescript7/bin/tsc", ...args);
const typesOf = (document, file) => bin("openapi-typescript/bin/cli.js", document, "-o", file);
const vitest = (...args) => bin("vitest/vitest.mjs", "run", ...args);

const tasks = {
  start: async (args) => {
    await makeReady();
    process.argv = [process.execPath, "bin/hearthwork.js", "demo", ...args];
    await import("../bin/hearthwork.js");
  },
  test: async (args) => {
    await makeReady();
    await run(vitest(...args));
  },
  soak: async (args) => {
    process.env.HEARTHWORK_FUZZ ??= "200000";
    await makeReady();
    await run(vitest("--config", "vitest.soak.config.ts", ...args));
  },
  perf: (args) => run([process.execPath, "perf/main.ts", ...args]),
  format: () => run(bin("oxfmt/bin/oxfmt", ".")),
  build: async () => {
    rmSync("dist/src", { recursive: true, force: true });
    await run(tsc("-p", "tsconfig.build.json"));
    await makeReady();
  },
  gen: async () => {
    await run([process.execPath, "scripts/writeOpenApi.ts"]);
    await run(typesOf("web/openapi.json", "web/src/api.gen.ts"));
    await run(typesOf("web/exchange.openapi.json", "web/src/exchange/api.gen.ts"));
  },
  check: async () => {
    await run(bin("oxfmt/bin/oxfmt", "--check", "."));
    await run(bin("oxlint/bin/oxlint", "--type-aware", "--deny-warnings"));
    await run(tsc("-p", "tsconfig.json"));
    await run(tsc("-p", "web/tsconfig.json"));
    await run(bin("knip/bin/knip.js"));
    await run(vitest("test/architecture/architecture.test.ts"));
    await tasks.test([]);
  },
};

const buildWeb = () => run(bin("vite/bin/vite.js", "build", "web", "--logLevel", "warn"));
const writeEmptyDatabase = () => run([process.execPath, "scripts/writeEmptyDatabase.ts"]);

/** Runs a command to its end; unless it succeeds, this process ends as it did. */
async function run([command, ...args]) {
  const child = spawn(command, args, { stdio: "inherit" });
  const passOn = (signal) => {
    const terminalTellsChild = signal === "SIGINT" && process.stdin.isTTY;
    if (!terminalTellsChild) child.kill(signal);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, passOn);
  const status = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
  for (const signal of signals) process.off(signal, passOn);
  if (status !== 0) process.exit(status);
}

/** npm passes a signal to its shell, which dies of it and tells nobody: whoever loses that parent ends as well. */
function endWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 500);
  watch.unref();
}

/** Makes what a build makes and the sources need, where it is older than what it is made of. */
async function makeReady() {
  await Promise.all([
    isStale("dist/web/exchange.html", pageSources) && buildWeb(),
    isStale("dist/emptyDatabase.tar.br", databaseSources) && writeEmptyDatabase(),
  ]);
}

const pageSources = [
  "web",
  "src/domain",
  "src/heat",
  "src/energy",
  "src/bitcoin",
  "src/jobs",
  "src/market",
  "src/wire",
  "src/lab/studies",
  "data/climates",
];
const databaseSources = ["src/store/startPglite.ts", "scripts/writeEmptyDatabase.ts", "package-lock.json"];

/** Whether one of the sources, files or folders, is newer than what was made of them. */
function isStale(made, sources) {
  if (!existsSync(made)) return true;
  const madeAt = statSync(made).mtimeMs;
  const isNewer = (path) => statSync(path).mtimeMs > madeAt;
  return sources.some((source) => {
    if (!statSync(source).isDirectory()) return isNewer(source);
    const entries = readdirSync(source, { recursive: true, withFileTypes: true });
    return entries.some((entry) => entry.isFile() && isNewer(join(entry.parentPath, entry.name)));
  });
}

const [name, ...args] = process.argv.slice(2);
if (!Object.hasOwn(tasks, name ?? "")) {
  process.stderr.write(`scripts/run.js: no task "${name}"; there are ${Object.keys(tasks).join(", ")}\n`);
  process.exit(2);
}
endWithParent();
await tasks[name](args);
