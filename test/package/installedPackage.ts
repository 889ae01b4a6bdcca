import { type ExecFileException, execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What `npm pack` needs of a checkout; it runs `prepack`, which must not build over the checkout's own `dist/src`. */
const sources =
  "bin scripts src web data docs/guide README.md LICENSE SECURITY.md package.json package-lock.json tsconfig.json tsconfig.build.json dist/web dist/emptyDatabase.tar.br";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface InstalledPackage {
  /** Paths in the tarball. */
  readonly files: readonly string[];
  readonly unpackedBytes: number;
  /** The installed command. */
  readonly command: string;
  /** Where the package was installed to. */
  readonly root: string;
  /** An empty folder to run it in. */
  readonly folder: string;
}

const key = "HEARTHWORK_TEST_PACKAGE";

/** Gives a run of the tests one folder to install the package in, and takes it away when it is over. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "hearthwork-package-"));
  process.env[key] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** The package as this run has installed it, which the first to ask does. */
export async function installedPackage(): Promise<InstalledPackage> {
  const folder = process.env[key];
  if (folder === undefined) throw new Error("no folder was made for the package");
  const kept = join(folder, "installed.json");
  if (!existsSync(kept)) writeFileSync(kept, JSON.stringify(await installPackage(folder)));
  return JSON.parse(readFileSync(kept, "utf8")) as InstalledPackage;
}

/** Packs this checkout and installs the tarball as `npm install --global` would, under a folder of its own. */
async function installPackage(folder: string): Promise<InstalledPackage> {
  const [checkout, prefix, home] = ["checkout", "prefix", "home"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of sources.split(" "))
    cpSync(join(root, path), join(checkout, path), { recursive: true, preserveTimestamps: true });
  symlinkSync(join(root, "node_modules"), join(checkout, "node_modules"));
  mkdirSync(home);
  const packed = await npm(["pack", "--json", "--foreground-scripts=false"], checkout);
  const [tarball] = Object.values(JSON.parse(packed) as object) as [
    { filename: string; unpackedSize: number; files: { path: string }[] },
  ];
  await npm(
    ["install", "--global", "--prefix", prefix, "--prefer-offline", join(checkout, tarball.filename)],
    home,
  );
  const command =
    process.platform === "win32" ? join(prefix, "hearthwork.cmd") : join(prefix, "bin", "hearthwork");
  return {
    files: tarball.files.map(({ path }) => path),
    unpackedBytes: tarball.unpackedSize,
    command,
    root: join(prefix, ...(process.platform === "win32" ? [] : ["lib"]), "node_modules", "hearthwork"),
    folder: home,
  };
}

/** Whether npm can ask its registry now. */
export async function registryAnswers(): Promise<boolean> {
  const args = ["view", "zod", "version", "--prefer-online", "--fetch-retries=0", "--fetch-timeout=10000"];
  return (await run("npm", args, tmpdir(), process.execPath)).code === 0;
}

async function npm(args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await run("npm", args, cwd, process.execPath);
  if (code !== 0) throw new Error(`npm ${args.join(" ")} ended with ${code}:\n${stderr}${stdout}`);
  return stdout;
}

/** Runs a command as a person would who has this `node` and nothing of the checkout on the path. */
export function run(command: string, args: readonly string[], cwd: string, node: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const done = (error: ExecFileException | null, stdout: string, stderr: string) => {
      if (error && typeof error.code !== "number") reject(error);
      else resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    };
    execFile(command, args, { cwd, env: cleanEnv(node), timeout: 240_000, maxBuffer: 2 ** 26 }, done);
  });
}

/** The environment without what npm adds for the script that runs the tests, and with `node` first on the path. */
export function cleanEnv(node: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_(package|lifecycle)_|npm_config_(prefix|global_prefix|local_prefix)$|HEARTHWORK_|NODE_(ENV|OPTIONS|PATH)$|VITEST)/.test(
        name,
      ),
  );
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((part) => !part.startsWith(root));
  return { ...Object.fromEntries(kept), PATH: [dirname(node), ...folders].join(delimiter) };
}
