import { execFile } from "node:child_process";
import { dirname } from "node:path";

/** What stands between a task's process and the rest of the machine. */
export type Confinement =
  /** Namespaces of its own: no network, no other process to see, and nothing of the files but what it needs to run. */
  | { readonly kind: "bubblewrap"; readonly command: string; readonly args: readonly string[] }
  /** What Node's permissions keep it from, alone. */
  | { readonly kind: "permissions"; readonly why: string };

/** A program starts in milliseconds; a machine may be busy. */
const tryForMs = 10_000;
/** Where the libraries are that Node is linked to. */
const libraries = ["/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache"];

/**
 * How processes are kept apart here: by bubblewrap where it is installed and the kernel lets it, which is tried once.
 * @param readable paths that they may read, beside Node itself
 */
export async function findConfinement(readable: readonly string[], command = "bwrap"): Promise<Confinement> {
  const bind = (option: string, paths: readonly string[]) => paths.flatMap((path) => [option, path, path]);
  const args = [
    "--unshare-all",
    "--die-with-parent",
    "--new-session",
    "--cap-drop",
    "ALL",
    ...bind("--ro-bind-try", [...libraries, dirname(process.execPath), ...readable]),
    "--proc",
    "/proc",
    "--dev",
    "/dev",
    "--chdir",
    "/",
    "--remount-ro",
    "/",
    "--",
  ];
  const why = await failureOf(command, [...args, process.execPath, "--version"]);
  return why === undefined ? { kind: "bubblewrap", command, args } : { kind: "permissions", why };
}

function failureOf(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: tryForMs, env: {} }, (error, _stdout, stderr) => {
      if (!error) return resolve(undefined);
      resolve(error.code === "ENOENT" ? "bubblewrap is not installed" : stderr.trim().slice(0, 200));
    });
  });
}
