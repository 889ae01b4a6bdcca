import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { HearthworkError } from "../domain/index.ts";

const maxBytes = 4096;

/**
 * A secret: typed at the terminal without showing it, or all of stdin where that is no terminal, without its last
 * newline.
 * @throws {HearthworkError} `cli/no-secret` when nothing was given, `cli/interrupted`
 */
export async function readSecret(prompt: string): Promise<string> {
  const secret = process.stdin.isTTY ? await typed(prompt) : await piped();
  if (secret !== "") return secret;
  throw new HearthworkError({
    code: "cli/no-secret",
    message: "no password was given; type it, or pipe it to stdin",
  });
}

function typed(prompt: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true, historySize: 0 });
  process.stderr.write(prompt);
  return new Promise<string>((resolve, reject) => {
    reader.once("SIGINT", () =>
      reject(new HearthworkError({ code: "cli/interrupted", message: "interrupted; nothing was changed" })),
    );
    reader.once("close", () => resolve(""));
    reader.question("", resolve);
  }).finally(() => {
    reader.close();
    process.stderr.write("\n");
  });
}

async function piped(): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
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
