import { answered, api, type Session } from "../api.ts";
import { tellLoginNeed } from "./loginNeed.ts";

export const sessionKey = ["session"] as const;
export const fetchSession = (): Promise<Session> => answered(api.GET("/api/v1/session"));

/** @throws {Error} with the hearth's words when the password is wrong, or was tried too often */
export async function logIn(password: string): Promise<void> {
  await answered(api.POST("/api/v1/session", { body: { password } }));
  tellLoginNeed(false);
}

/** Ends this browser's session. */
export async function logOut(): Promise<void> {
  await answered(api.DELETE("/api/v1/session"));
  tellLoginNeed(true);
}
