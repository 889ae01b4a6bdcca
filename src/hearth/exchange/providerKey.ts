import { join } from "node:path";
import { z } from "zod";
import { keptKeySchema, newKey, type SigningKey, signingKey } from "../../agent/index.ts";
import { privateFile } from "../../store/index.ts";

const keptSchema = z.strictObject({
  version: z.literal(1),
  key: keptKeySchema,
  /** What each exchange gave, by its fingerprint. */
  tokens: z.record(z.string().regex(/^[0-9a-f]{32}$/), z.string().max(100)),
});

/** What a provider is known by at its exchanges. */
export interface ProviderKey {
  readonly key: SigningKey;
  tokenOf(exchange: string): string | undefined;
  keepToken(exchange: string, token: string): void;
}

/**
 * The key in a data directory's `provider-key.json`, made where there is none.
 * @throws {HearthworkError} `store/not-private`, `store/bad-file`
 */
export function openProviderKey(dataDir: string): ProviderKey {
  const file = privateFile(join(dataDir, "provider-key.json"), keptSchema);
  let kept = file.read();
  if (!kept) file.write((kept = { version: 1, key: newKey(), tokens: {} }));
  let known = kept;
  return {
    key: signingKey(kept.key),
    tokenOf: (exchange) => known.tokens[exchange],
    keepToken(exchange, token) {
      known = { ...known, tokens: { ...known.tokens, [exchange]: token } };
      file.write(known);
    },
  };
}
