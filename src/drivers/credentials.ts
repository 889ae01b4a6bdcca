import { z } from "zod";
import { HearthworkError, idPattern } from "../domain/index.ts";

/** With which the hearth logs in at a device. */
export interface Credentials {
  /** Undefined where the device has no users, or where its usual one is meant. */
  readonly username?: string;
  readonly password: string;
}

/** Where a driver finds credentials: its context. */
export interface CredentialsLookup {
  secret(name: string): Credentials | undefined;
}

/** The key by which hearth.yaml names a login, which is kept apart from it. */
export const credentialsName = z
  .string()
  .regex(idPattern, "use 1 to 48 lower-case letters, digits and inner hyphens")
  .describe("The name under which a login was entered with: hearthwork credentials set NAME");

/**
 * The credentials of that name.
 * @throws {HearthworkError} `config/no-credentials` when there is none of that name
 */
export function credentialsNamed(context: CredentialsLookup, name: string): Credentials {
  const credentials = context.secret(name);
  if (credentials) return credentials;
  throw new HearthworkError({
    code: "config/no-credentials",
    message: `there are no credentials "${name}"; enter them with: hearthwork credentials set ${name}`,
    data: { name },
  });
}
