import { z } from "zod";
import { idPattern } from "../../domain/index.ts";
import { instant } from "../fields.ts";
import { problems } from "../problem.ts";
import { allRights, keyScopes, roles } from "./rights.ts";

export const personId = z
  .string()
  .regex(idPattern, "use 1 to 48 lower-case letters, digits and inner hyphens")
  .describe("What the account is called");
const role = z.enum(roles);
const someRoles = z.array(role).max(roles.length);
export const password = z.string().max(1024);
const secret = z.string().min(20).max(100);
const keyName = z.string().regex(idPattern, "use 1 to 48 lower-case letters, digits and inner hyphens");

export const meSchema = z
  .object({
    isOwner: z.boolean().describe("Lets do everything: the owner's password, or this machine without one"),
    account: z
      .object({ id: personId, roles: someRoles })
      .nullable()
      .describe("Whose session or key it is; null: nobody's"),
    rights: z.array(z.enum(allRights)),
    hasOperator: z.boolean().describe("Whether somebody has an account to operate it with"),
    isOwnerPasswordSet: z.boolean(),
    isSignUpOpen: z.boolean().describe("Whoever comes may open an account"),
    passkeyOrigin: z.string().nullable().describe("The page on which passkeys work; null: none"),
  })
  .meta({ id: "Me" });
export type Me = z.output<typeof meSchema>;

const keySchema = z.object({
  name: keyName,
  scopes: z.array(z.enum(keyScopes)),
  createdAt: instant,
  expiresAt: instant.nullable(),
  usedAt: instant.nullable().describe("To the minute; null: never"),
});

export const accountSchema = z
  .object({
    id: personId,
    roles: someRoles,
    hasPassword: z.boolean(),
    sessions: z.array(
      z.object({
        id: z.string().describe("To end it by"),
        isThis: z.boolean(),
        createdAt: instant,
        usedAt: instant.describe("To the hour"),
        address: z.string().describe("Where it began"),
        agent: z.string().describe("What the browser calls itself"),
      }),
    ),
    passkeys: z.array(z.object({ name: z.string(), createdAt: instant, usedAt: instant.nullable() })),
    keys: z.array(keySchema),
    scopes: z.array(z.enum(keyScopes)).describe("That a key of this account may have"),
  })
  .meta({ id: "Account" });
export type AccountView = z.output<typeof accountSchema>;

const peopleSchema = z
  .object({
    people: z.array(
      z.object({
        id: personId,
        roles: someRoles,
        isClosed: z.boolean(),
        hasPassword: z.boolean(),
        createdAt: instant,
      }),
    ),
    isSignUpOpen: z.boolean(),
  })
  .meta({ id: "People" });
export type People = z.output<typeof peopleSchema>;

const invitationListSchema = z
  .object({
    invitations: z.array(
      z.object({
        id: z.int(),
        roles: someRoles,
        madeBy: z.string(),
        createdAt: instant,
        expiresAt: instant,
        usedBy: personId.nullable(),
      }),
    ),
  })
  .meta({ id: "InvitationList" });

const me = { 200: meSchema, ...problems };
const account = { 200: accountSchema, ...problems };
const ofAccount = { config: { scope: "account" } } as const;
const open = { config: { scope: "open" } } as const;
const change = { config: { scope: "people:write" } } as const;

/** Who somebody is to an exchange, signing in, and one's own account. */
export const accountRoutes = {
  me: {
    method: "GET",
    url: "/api/v1/me",
    ...open,
    schema: { summary: "Who asks, and what they may do", response: me },
  },
  signIn: {
    method: "POST",
    url: "/api/v1/me/session",
    ...open,
    schema: {
      summary: "Signs in with an account's password; the session is a cookie. DELETE /api/v1/session ends it",
      body: z.strictObject({ id: personId, password }).meta({ id: "SignIn" }),
      response: me,
    },
  },
  signUp: {
    method: "POST",
    url: "/api/v1/me",
    ...open,
    schema: {
      summary: "Opens an account, by an invitation or where everybody may, and signs in",
      body: z
        .strictObject({
          invitation: secret.optional(),
          id: personId,
          password: password.describe("At least 10 characters"),
        })
        .meta({ id: "SignUp" }),
      response: me,
    },
  },
  account: {
    method: "GET",
    url: "/api/v1/account",
    ...ofAccount,
    schema: { summary: "One's own account", response: account },
  },
  changePassword: {
    method: "PUT",
    url: "/api/v1/account/password",
    ...ofAccount,
    schema: {
      summary: "Sets one's password and ends every other session",
      body: z
        .strictObject({
          current: password.optional().describe("Needed where there is one"),
          password: password.describe("At least 10 characters"),
        })
        .meta({ id: "OwnPasswordChange" }),
      response: account,
    },
  },
  endSession: {
    method: "DELETE",
    url: "/api/v1/account/sessions/:id",
    ...ofAccount,
    schema: {
      summary: "Ends one of one's sessions",
      params: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
      response: account,
    },
  },
  endSessions: {
    method: "DELETE",
    url: "/api/v1/account/sessions",
    ...ofAccount,
    schema: { summary: "Signs out everywhere, here too", response: me },
  },
  createKey: {
    method: "POST",
    url: "/api/v1/account/keys",
    ...ofAccount,
    schema: {
      summary: "Makes a key for a program",
      body: z
        .strictObject({
          name: keyName,
          scopes: z.array(z.enum(keyScopes)).min(1).max(keyScopes.length),
          days: z.int().min(1).max(3650).nullable().default(null).describe("Until it expires; null: never"),
        })
        .meta({ id: "KeyRequest" }),
      response: {
        200: z.object({ key: z.string().describe("Is told this once") }).meta({ id: "NewKey" }),
        ...problems,
      },
    },
  },
  revokeKey: {
    method: "DELETE",
    url: "/api/v1/account/keys/:name",
    ...ofAccount,
    schema: {
      summary: "Ends a key",
      params: z.object({ name: keyName }),
      response: account,
    },
  },
} as const;

/** What an operator does with people's accounts. */
export const peopleRoutes = {
  people: {
    method: "GET",
    url: "/api/v1/people",
    config: { scope: "people:read" },
    schema: { summary: "Everybody with an account", response: { 200: peopleSchema, ...problems } },
  },
  createPerson: {
    method: "POST",
    url: "/api/v1/people",
    ...change,
    schema: {
      summary: "Opens an account for somebody",
      body: z.strictObject({ id: personId, roles: someRoles, password }).meta({ id: "PersonRequest" }),
      response: { 200: peopleSchema, ...problems },
    },
  },
  changePerson: {
    method: "PATCH",
    url: "/api/v1/people/:id",
    ...change,
    schema: {
      summary: "Changes somebody's roles, or closes an account and opens it again",
      params: z.object({ id: personId }),
      body: z
        .strictObject({ roles: someRoles.optional(), isClosed: z.boolean().optional() })
        .meta({ id: "PersonChange" }),
      response: { 200: peopleSchema, ...problems },
    },
  },
  openSignUp: {
    method: "PUT",
    url: "/api/v1/people/sign-up",
    ...change,
    schema: {
      summary: "Whether whoever comes may open an account, as consumer and provider",
      body: z.strictObject({ isOpen: z.boolean() }).meta({ id: "SignUpSwitch" }),
      response: { 200: peopleSchema, ...problems },
    },
  },
  invitations: {
    method: "GET",
    url: "/api/v1/invitations",
    config: { scope: "people:read" },
    schema: { summary: "The newest invitations", response: { 200: invitationListSchema, ...problems } },
  },
  invite: {
    method: "POST",
    url: "/api/v1/invitations",
    ...change,
    schema: {
      summary: "Makes an invitation, which opens one account",
      body: z
        .strictObject({ roles: someRoles.min(1), days: z.int().min(1).max(90).default(7) })
        .meta({ id: "InvitationRequest" }),
      response: {
        200: z
          .object({
            token: z.string().describe("Is told this once"),
            path: z.string().describe("Of the page that takes it, at this server"),
          })
          .meta({ id: "Invitation" }),
        ...problems,
      },
    },
  },
  revokeInvitation: {
    method: "DELETE",
    url: "/api/v1/invitations/:id",
    ...change,
    schema: {
      summary: "Takes back an invitation that was not used",
      params: z.object({ id: z.coerce.number().int().positive() }),
      response: { 200: invitationListSchema, ...problems },
    },
  },
} as const;
