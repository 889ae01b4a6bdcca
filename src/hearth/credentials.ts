import { join } from "node:path";
import { z } from "zod";
import { HearthworkError } from "../domain/index.ts";
import { credentialsName, type Credentials } from "../drivers/index.ts";
import { privateFile } from "../store/index.ts";
import { credentialsSchema } from "../wire/index.ts";

const maxCredentials = 256;

const fileSchema = z.strictObject({
  version: z.literal(1),
  credentials: z
    .record(credentialsName, credentialsSchema)
    .refine((all) => Object.keys(all).length <= maxCredentials, `at most ${maxCredentials}`),
});

/** The logins to devices, kept apart from hearth.yaml, which refers to them by name. */
export interface CredentialsFile {
  /** As it is kept now. */
  secret(name: string): Credentials | undefined;
  /** Without the passwords, by name. */
  list(): readonly { readonly name: string; readonly username?: string }[];
  /** @throws {HearthworkError} `credentials/malformed` for a name or login that cannot be kept */
  set(name: string, login: Credentials): void;
  /** Whether there was one. */
  remove(name: string): boolean;
}

/**
 * The credentials beside a site's data, in `credentials.json`. The file is read at each call, so that what is entered
 * counts from then on; it may be missing.
 */
export function openCredentialsFile(dataDir: string): CredentialsFile {
  const file = privateFile(join(dataDir, "credentials.json"), fileSchema);
  const kept = () => new Map(Object.entries(file.read()?.credentials ?? {}));
  const keep = (logins: Map<string, Credentials>) => {
    const byName = [...logins].toSorted(([a], [b]) => (a < b ? -1 : 1));
    file.write({ version: 1, credentials: Object.fromEntries(byName) });
  };
  return {
    secret: (name) => kept().get(name),
    list: () =>
      [...kept()].map(([name, { username }]) => (username === undefined ? { name } : { name, username })),
    set(name, login) {
      const logins = kept().set(
        wellFormed(credentialsName, name, "name"),
        wellFormed(credentialsSchema, login, "login"),
      );
      if (logins.size > maxCredentials) {
        throw new HearthworkError({
          code: "credentials/malformed",
          message: `at most ${maxCredentials} credentials can be kept; remove those that no device uses`,
        });
      }
      keep(logins);
    },
    remove(name) {
      const logins = kept();
      const wasThere = logins.delete(name);
      if (wasThere) keep(logins);
      return wasThere;
    },
  };
}

function wellFormed<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  noun: string,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const why = parsed.error.issues.map(({ path, message }) => [...path, message].join(": "));
  throw new HearthworkError({
    code: "credentials/malformed",
    message: `these credentials cannot be kept, for their ${noun}: ${why.join("; ")}`,
  });
}
