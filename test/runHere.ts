import { main } from "../src/cli/main.ts";

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Write = typeof process.stdout.write;

/**
 * Runs a hearthwork command to its end as `bin/hearthwork.js` does, but in this process, where what it needs is loaded
 * once for all: a process of its own takes half a second. One at a time.
 * @param folder to run it in
 */
export async function runHere(args: readonly string[], folder = process.cwd()): Promise<Outcome> {
  const said = { stdout: "", stderr: "" };
  const listen = (name: keyof typeof said) => {
    const stream = process[name];
    const write = stream.write.bind(stream);
    stream.write = ((chunk, encodingOrDone, done) => {
      said[name] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
      const written = typeof encodingOrDone === "function" ? encodingOrDone : done;
      if (written) queueMicrotask(() => written());
      return true;
    }) as Write;
    return () => {
      stream.write = write;
    };
  };
  const home = process.cwd();
  const { exitCode } = process;
  const { HEARTHWORK_DATA: data, DATABASE_URL: database } = process.env;
  const unlisten = [listen("stdout"), listen("stderr")];
  process.exitCode = undefined;
  delete process.env["HEARTHWORK_DATA"];
  delete process.env["DATABASE_URL"];
  process.chdir(folder);
  try {
    await main(args);
    return { code: exitCodeNow(), ...said };
  } finally {
    process.chdir(home);
    if (data !== undefined) process.env["HEARTHWORK_DATA"] = data;
    if (database !== undefined) process.env["DATABASE_URL"] = database;
    process.exitCode = exitCode;
    for (const end of unlisten) end();
  }
}

/** Whoever sets it is not seen by the compiler. */
const exitCodeNow = () => Number(process.exitCode ?? 0);
