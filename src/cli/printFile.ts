import { z } from "zod";
import type { ApiClientOptions } from "../client/index.ts";
import { HearthworkError } from "../domain/index.ts";

const problemSchema = z.object({ message: z.string() });

/**
 * Prints a file of an exchange on stdout as it comes.
 * @throws {HearthworkError} `exchange/no-file` with the exchange's words
 */
export async function printFile(
  { url, token }: ApiClientOptions,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, value);
  const reply = await fetch(`${url}${path}?${asked.toString()}`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    redirect: "error",
  });
  if (!reply.ok) {
    const said = problemSchema.safeParse(await reply.json().catch(() => undefined));
    throw new HearthworkError({
      code: "exchange/no-file",
      message: said.data?.message ?? `the exchange answered with status ${reply.status}`,
    });
  }
  for await (const chunk of reply.body ?? []) process.stdout.write(chunk as Uint8Array);
}
