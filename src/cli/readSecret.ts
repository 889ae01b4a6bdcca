import { createInterface } from "node:readline";
import { type Readable, Writable } from "node:stream";
import { HearthworkError } from "../domain/index.ts";

const maxBytes = 4096;

/** Where a secret comes from, and where it is asked for. */
export interface SecretSource {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly prompts: Writable;
}

const terminal: SecretSource = { input: process.stdin, prompts: process.stderr };

/**
 * A secret: typed at the terminal without showing it, or all of stdin where that is no terminal, without its last
 * newline.
 * @throws {HearthworkError} `cli/no-secret` when nothing was given, `cli/interrupted`
 */
export async function readSecret(prompt: string, source = terminal): Promise<string> {
  const secret = source.input.isTTY ? await typed(prompt, source) : await piped(source.input);
  if (secret !== "") return secret;
  throw new HearthworkError({
    code: "cli/no-secret",
    message: "no password was given; type it, or pipe it to stdin",
  });
}

function typed(prompt: string, { input, prompts }: SecretSource): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input, output: silent, terminal: true, historySize: 0 });
  prompts.write(prompt);
  return new Promise<string>((resolve, reject) => {
    reader.once("SIGINT", () =>
      reject(new HearthworkError({ code: "cli/interrupted", message: "interrupted; nothing was changed" })),
    );
    reader.once("close", () => resolve(""));
    reader.question("", resolve);
  }).finally(() => {
    reader.close();
    prompts.write("\n");
  });
}

async function piped(input: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      throw new HearthworkError({
        code: "cli/no-secret",
        message: `more than ${maxBytes} bytes came from stdin; a password is shorter`,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks)
    .toString("utf8")
    .replace(/\r?\n$/, "");
}

/**
 * Asks for a new password; at a terminal twice.
 * @throws {HearthworkError} `cli/no-secret` when these were two
 */
export async function readNewPassword(prompt: string): Promise<string> {
  const chosen = await readSecret(prompt);
  if (process.stdin.isTTY && (await readSecret("The same again: ")) !== chosen) {
    throw new HearthworkError({
      code: "cli/no-secret",
      message: "these were two different passwords; nothing was changed",
    });
  }
  return chosen;
}
