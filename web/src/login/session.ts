import type { components, paths } from "../api.gen.ts";
import { answered, apiOf } from "../asking.ts";
import { tellLoginNeed } from "./loginNeed.ts";

export type Session = components["schemas"]["Session"];

/** Both servers have these routes. */
const api = apiOf<Pick<paths, "/api/v1/session" | "/api/v1/password">>();

export const sessionKey = ["session"] as const;
export const fetchSession = (): Promise<Session> => answered(api.GET("/api/v1/session"));

/** @throws {Error} with the server's words when the password is wrong, or was tried too often */
export async function logIn(password: string): Promise<void> {
  await answered(api.POST("/api/v1/session", { body: { password } }));
  tellLoginNeed(false);
}

/**
 * Sets the owner's password, or changes it. Every other session ends, and what this one asked meanwhile was refused: it is
 * logged in all the same.
 * @throws {Error} with the server's words when it is refused
 */
export async function setPassword(body: {
  readonly password: string;
  readonly current?: string;
}): Promise<Session> {
  const session = await answered(api.PUT("/api/v1/password", { body }));
  tellLoginNeed(false);
  return session;
}

/** Shows the pages again where only an answer that came late asked for a login. */
export async function checkLogin(): Promise<void> {
  const { grant } = await fetchSession();
  if (grant !== null) tellLoginNeed(false);
}

/** Ends this browser's session. */
export async function logOut(): Promise<void> {
  await answered(api.DELETE("/api/v1/session"));
  tellLoginNeed(true);
}
