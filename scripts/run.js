import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { requireNode24 } from "../bin/requireNode24.js";

requireNode24();
process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const bin = (file, ...args) => [process.execPath, join("node_modules", file), ...args];
const tsc = (...args) => bin("typescript7/bin/tsc", ...args);
const vitest = (...args) => bin("vitest/vitest.mjs", "run", ...args);

const buildWeb = () => run(bin("vite/bin/vite.js", "build", "web", "--logLevel", "warn"));
const types = [tsc("-p", "tsconfig.json"), tsc("-p", "web/tsconfig.json")];

const tasks = {
  start: (args) => {
    if (webIsStale()) buildWeb();
    run([process.execPath, "bin/hearthwork.js", "demo", ...args]);
  },
  test: (args) => {
    if (webIsStale()) buildWeb();
    run(vitest(...args));
  },
  soak: (args) => {
    if (webIsStale()) buildWeb();
    run(vitest("--config", "vitest.soak.config.ts", ...args));
  },
  perf: (args) => run([process.execPath, "perf/main.ts", ...args]),
  format: () => run(bin("oxfmt/bin/oxfmt", ".")),
  build: () => {
    rmSync("dist", { recursive: true, force: true });
    run(tsc("-p", "tsconfig.build.json"));
    buildWeb();
  },
  gen: () => {
    run([process.execPath, "scripts/writeOpenApi.ts"]);
    run(bin("openapi-typescript/bin/cli.js", "web/openapi.json", "-o", "web/src/api.gen.ts"));
  },
  check: () => {
    run(bin("oxfmt/bin/oxfmt", "--check", "."));
    run(bin("oxlint/bin/oxlint", "--type-aware", "--deny-warnings"));
    for (const command of types) run(command);
    run(bin("knip/bin/knip.js"));
    run(vitest("test/architecture"));
    tasks.test([]);
  },
};

function run([command, ...args]) {
  const { status, signal } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? (signal ? 130 : 1));
}

function webIsStale() {
  const built = join("dist", "web", "index.html");
  if (!existsSync(built)) return true;
  const builtAt = statSync(built).mtimeMs;
  return ["web", "src/domain", "src/heat", "src/wire"].some((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).some(
      (entry) => entry.isFile() && statSync(join(entry.parentPath, entry.name)).mtimeMs > builtAt,
    ),
  );
}

const [name, ...args] = process.argv.slice(2);
const task = tasks[name];
if (!task) {
  process.stderr.write(`scripts/run.js: no task "${name}"; there are ${Object.keys(tasks).join(", ")}\n`);
  process.exit(2);
}
process.on("SIGINT", () => {});
task(args);
