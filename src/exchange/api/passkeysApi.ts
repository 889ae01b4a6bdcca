import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { HearthworkError } from "../../domain/index.ts";
import { tooManyTries } from "../../http/index.ts";
import type { ExchangeStore } from "../../store/index.ts";
import { passkeyRoutes } from "../../wire/index.ts";
import { personOf } from "../callers.ts";
import type { Deeds } from "../people/deeds.ts";
import type { PasskeyDesk } from "../people/passkeyDesk.ts";
import { requirePassword } from "../people/requirePassword.ts";
import type { SignInDesk } from "../people/signInDesk.ts";
import type { AccountDoor } from "./accountDoor.ts";

export interface PasskeysApi {
  readonly store: ExchangeStore;
  readonly deeds: Deeds;
  readonly signIn: SignInDesk;
  readonly passkeys: PasskeyDesk;
}

/** Serves passkeys: signing in by them, and those of one's own account. */
export function servePasskeys(app: FastifyInstance, options: PasskeysApi, door: AccountDoor): void {
  const { store, deeds, signIn, passkeys } = options;
  const { people } = store;
  const api = app.withTypeProvider<ZodTypeProvider>();

  api.route({
    ...passkeyRoutes.newPasskeyOptions,
    handler: async (request) => ({ options: await passkeys.newOptions(personOf(request)) }),
  });
  api.route({
    ...passkeyRoutes.addPasskey,
    handler: async (request) => {
      await passkeys.add(personOf(request), request.body, request);
      return door.account(request);
    },
  });
  api.route({
    ...passkeyRoutes.renamePasskey,
    handler: async (request) => {
      const [id, { name }, { name: to }] = [personOf(request), request.params, request.body];
      const deed = deeds.of(request, { action: "passkey/rename", subject: `${id}/${name}`, detail: to });
      if (!(await people.renamePasskey(id, name, to, deed))) throw unknown(name, `or another "${to}"`);
      return door.account(request);
    },
  });
  api.route({
    ...passkeyRoutes.removePasskey,
    handler: async (request) => {
      const [id, { name }] = [personOf(request), request.params];
      const deed = deeds.of(request, { action: "passkey/remove", subject: `${id}/${name}` });
      if (!(await people.removePasskey(id, name, deed))) throw unknown(name);
      return door.account(request);
    },
  });
  api.route({
    ...passkeyRoutes.removePassword,
    handler: async (request, reply) => {
      const id = personOf(request);
      const action = "password/remove";
      await requirePassword({ store, signIn, deeds }, request, reply, { ...request.body, action });
      await people.removePassword(id, deeds.of(request, { action, subject: id }));
      return door.account(request);
    },
  });
  const countTry = async (request: FastifyRequest, reply: FastifyReply) => {
    const seconds = await passkeys.takeTry(request);
    if (seconds > 0) throw tooManyTries(seconds, reply);
  };
  api.route({
    ...passkeyRoutes.signInOptions,
    handler: async (request, reply) => {
      await countTry(request, reply);
      return { options: await passkeys.signInOptions() };
    },
  });
  api.route({
    ...passkeyRoutes.signInByPasskey,
    handler: async (request, reply) => {
      await countTry(request, reply);
      const person = await passkeys.personOf(request.body.passkey, request);
      const session = await signIn.beginSession(person, request, "by passkey");
      return door.letIn(request, reply, session);
    },
  });
}

const unknown = (name: string, or = "") =>
  new HearthworkError({
    code: "api/not-found",
    message: `You have no passkey "${name}" here${or === "" ? "" : `, ${or}`}`,
  });
