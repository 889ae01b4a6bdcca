import { join } from "node:path";
import { keptKeySchema, newKey, type SigningKey, signingKey } from "../agent/index.ts";
import { privateFile } from "../store/index.ts";

/** The exchange's key, made at its first start and kept in `exchange-key.json`; its replicas have the same. */
export function openIdentity(dataDir: string): SigningKey {
  const file = privateFile(join(dataDir, "exchange-key.json"), keptKeySchema);
  const known = file.read();
  if (known) return signingKey(known);
  const made = newKey();
  file.write(made);
  return signingKey(made);
}
