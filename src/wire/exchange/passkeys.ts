import { z } from "zod";
import { problems } from "../problem.ts";
import { accountSchema, meSchema, password } from "./people.ts";

export const passkeyName = z.string().trim().min(1).max(60).describe("Such as the device's");
const bytes = z.base64url().max(32_768);
const credential = {
  id: z.base64url().min(1).max(1400),
  rawId: z.base64url().min(1).max(1400),
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["cross-platform", "platform"]).optional(),
  clientExtensionResults: z.record(z.string().max(40), z.unknown()),
};

/** What a browser makes of a new passkey: RegistrationResponseJSON of WebAuthn level 3. */
export const newPasskeySchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});
/** What a browser makes of one that is used: AuthenticationResponseJSON. */
export const usedPasskeySchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.optional(),
  }),
});

const options = z.object({
  options: z
    .looseObject({ challenge: z.string() })
    .describe("For `PublicKeyCredential.parseCreationOptionsFromJSON`, or `…RequestOptions…`"),
});
const account = { 200: accountSchema, ...problems };
const ofAccount = { config: { scope: "account" } } as const;
const open = { config: { scope: "open" } } as const;

/** Passkeys (WebAuthn): signing in by what a device holds. */
export const passkeyRoutes = {
  newPasskeyOptions: {
    method: "POST",
    url: "/api/v1/account/passkeys/options",
    ...ofAccount,
    schema: {
      summary: "What a browser has to know to make a passkey, within five minutes",
      response: { 200: options.meta({ id: "PasskeyOptions" }), ...problems },
    },
  },
  addPasskey: {
    method: "POST",
    url: "/api/v1/account/passkeys",
    ...ofAccount,
    schema: {
      summary: "Adds a passkey to one's account",
      body: z.strictObject({ name: passkeyName, passkey: newPasskeySchema }).meta({ id: "NewPasskey" }),
      response: account,
    },
  },
  renamePasskey: {
    method: "PATCH",
    url: "/api/v1/account/passkeys/:name",
    ...ofAccount,
    schema: {
      summary: "Calls a passkey something else",
      params: z.object({ name: passkeyName }),
      body: z.strictObject({ name: passkeyName }).meta({ id: "PasskeyName" }),
      response: account,
    },
  },
  removePasskey: {
    method: "DELETE",
    url: "/api/v1/account/passkeys/:name",
    ...ofAccount,
    schema: {
      summary: "Removes a passkey, unless nothing else would let one in",
      params: z.object({ name: passkeyName }),
      response: account,
    },
  },
  removePassword: {
    method: "DELETE",
    url: "/api/v1/account/password",
    ...ofAccount,
    schema: {
      summary: "Has one's account do without a password, if there is a passkey",
      body: z.strictObject({ current: password }).meta({ id: "OwnPasswordRemoval" }),
      response: account,
    },
  },
  signInOptions: {
    method: "POST",
    url: "/api/v1/me/passkey/options",
    ...open,
    schema: {
      summary: "What a browser has to know to sign in by a passkey, within five minutes",
      response: { 200: options.meta({ id: "PasskeyOptions" }), ...problems },
    },
  },
  signInByPasskey: {
    method: "POST",
    url: "/api/v1/me/passkey",
    ...open,
    schema: {
      summary: "Signs in by a passkey",
      body: z.strictObject({ passkey: usedPasskeySchema }).meta({ id: "UsedPasskey" }),
      response: { 200: meSchema, ...problems },
    },
  },
} as const;
