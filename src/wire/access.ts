import { z } from "zod";
import { idPattern } from "../domain/index.ts";
import { problems } from "./problem.ts";

const password = z.string().max(1024);
const tokenName = z.string().regex(idPattern, "use 1 to 48 lower-case letters, digits and inner hyphens");
const tokenScope = z
  .enum(["read", "control"])
  .describe("read: look at everything but secrets; control: also what the home page does");

export const sessionViewSchema = z
  .object({
    passwordSet: z.boolean().describe("Without an owner's password this machine may do everything"),
    grant: z
      .object({
        scope: z.enum(["none", "read", "control", "owner"]).describe("none: what an account of theirs may"),
        by: z.enum(["open", "session", "token", "process"]),
      })
      .nullable()
      .describe("What whoever asks may do; null: log in first"),
  })
  .meta({ id: "Session" });
export type SessionView = z.infer<typeof sessionViewSchema>;

export const tokenListSchema = z
  .object({
    tokens: z.array(z.object({ name: tokenName, scope: tokenScope, createdAt: z.iso.datetime() })),
  })
  .meta({ id: "TokenList" });

const session = { 200: sessionViewSchema, ...problems };

/** Who may use a server. Both of ours have these routes. */
export const accessRoutes = {
  session: {
    method: "GET",
    url: "/api/v1/session",
    config: { scope: "open" },
    schema: { summary: "What whoever asks may do", response: session },
  },
  logIn: {
    method: "POST",
    url: "/api/v1/session",
    config: { scope: "open" },
    schema: {
      summary: "Logs in with the owner's password; the session is a cookie",
      body: z.strictObject({ password }).meta({ id: "Login" }),
      response: session,
    },
  },
  logOut: {
    method: "DELETE",
    url: "/api/v1/session",
    config: { scope: "open" },
    schema: { summary: "Ends the session", response: session },
  },
  setPassword: {
    method: "PUT",
    url: "/api/v1/password",
    config: { scope: "owner" },
    schema: {
      summary: "Sets the owner's password and ends every session but the one that it begins",
      body: z
        .strictObject({
          current: password.optional().describe("Needed of a session"),
          password: password.describe("At least 10 characters"),
        })
        .meta({ id: "PasswordChange" }),
      response: session,
    },
  },
  listTokens: {
    method: "GET",
    url: "/api/v1/tokens",
    config: { scope: "owner" },
    schema: { summary: "The ways in for programs", response: { 200: tokenListSchema, ...problems } },
  },
  createToken: {
    method: "POST",
    url: "/api/v1/tokens",
    config: { scope: "owner" },
    schema: {
      summary: "Makes a way in for a program",
      body: z.strictObject({ name: tokenName, scope: tokenScope }).meta({ id: "TokenRequest" }),
      response: {
        200: z.object({ token: z.string().describe("Is told this once") }).meta({ id: "Token" }),
        ...problems,
      },
    },
  },
  revokeToken: {
    method: "DELETE",
    url: "/api/v1/tokens/:name",
    config: { scope: "owner" },
    schema: {
      summary: "Ends a program's way in",
      params: z.object({ name: tokenName }),
      response: { 200: tokenListSchema, ...problems },
    },
  },
} as const;
