import type { FastifyReply, FastifyRequest } from "fastify";
import { HearthworkError } from "../../domain/index.ts";
import { tooManyTries } from "../../http/index.ts";
import type { ExchangeStore } from "../../store/index.ts";
import { personOf } from "../callers.ts";
import type { Deeds } from "./deeds.ts";
import type { SignInDesk } from "./signInDesk.ts";

interface Asked {
  readonly store: ExchangeStore;
  readonly signIn: SignInDesk;
  readonly deeds: Deeds;
}

/**
 * Has whoever changes how an account is entered say its password, where it has one: a session that was found open does
 * not do.
 * @param action as the audit log calls what is refused
 * @throws {HearthworkError} `access/wrong-password`, `access/too-many-tries`
 */
export async function requirePassword(
  { store, signIn, deeds }: Asked,
  request: FastifyRequest,
  reply: FastifyReply,
  { current, action }: { readonly current: string | undefined; readonly action: string },
): Promise<void> {
  const id = personOf(request);
  if (((await store.people.person(id))?.password ?? null) === null) return;
  const outcome = await signIn.checkPassword(id, current ?? "", request.caller);
  if (outcome.kind === "wait") throw tooManyTries(outcome.seconds, reply);
  if (outcome.kind !== "wrong") return;
  const detail = "a wrong password";
  await store.people.note(deeds.of(request, { action, subject: id, outcome: "refused", detail }));
  throw new HearthworkError({ code: "access/wrong-password", message: "This is not your password" });
}
