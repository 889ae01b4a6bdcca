import { z } from "zod";
import { idPattern } from "../domain/index.ts";
import { problems } from "./problem.ts";

const credentialsName = z
  .string()
  .regex(idPattern, "use 1 to 48 lower-case letters, digits and inner hyphens")
  .describe("As hearth.yaml names it");

const username = z.string().min(1).max(256).exactOptional();

export const credentialsSchema = z
  .strictObject({
    username: username.describe("Left out where the device has no users, or where its usual one is meant"),
    password: z.string().max(1024).describe("Is never told again"),
  })
  .meta({ id: "Credentials" });

export const credentialsListSchema = z
  .object({ credentials: z.array(z.object({ name: credentialsName, username })) })
  .meta({ id: "CredentialsList" });

const named = z.object({ name: credentialsName });
const answers = { 200: credentialsListSchema, ...problems };

/** Logins at devices, which are kept apart from hearth.yaml; passwords go in and never come out. */
export const credentialsRoutes = {
  listCredentials: {
    method: "GET",
    url: "/api/v1/credentials",
    schema: { summary: "The names of the logins at devices, without passwords", response: answers },
  },
  setCredentials: {
    method: "PUT",
    url: "/api/v1/credentials/:name",
    schema: {
      summary: "Keeps a login at a device under a name",
      params: named,
      body: credentialsSchema,
      response: answers,
    },
  },
  removeCredentials: {
    method: "DELETE",
    url: "/api/v1/credentials/:name",
    schema: { summary: "Forgets a login at a device", params: named, response: answers },
  },
} as const;
