import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { type Clock, HearthworkError, Instant, PersonId } from "../../domain/index.ts";
import { hashOf, newSecret } from "../../http/index.ts";
import type { ExchangeStore } from "../../store/index.ts";
import { type People, peopleRoutes } from "../../wire/index.ts";
import type { Deeds } from "../people/deeds.ts";
import type { SignInDesk } from "../people/signInDesk.ts";

export interface PeopleApi {
  readonly store: ExchangeStore;
  readonly clock: Clock;
  readonly signIn: SignInDesk;
  readonly deeds: Deeds;
}

const dayMs = 86_400_000;
const newest = 100;
const invitationMark = "hwi_";

/** Serves what operators do with people's accounts. */
export function servePeople(app: FastifyInstance, { store, clock, signIn, deeds }: PeopleApi): void {
  const { people } = store;
  const api = app.withTypeProvider<ZodTypeProvider>();

  const all = async (): Promise<People> => {
    const [known, isSignUpOpen] = await Promise.all([people.all(), people.isSignUpOpen()]);
    return {
      people: known.map(({ id, roles, isClosed, password, createdAt }) => ({
        id,
        roles: [...roles],
        isClosed,
        hasPassword: password !== null,
        createdAt: iso(createdAt),
      })),
      isSignUpOpen,
    };
  };
  const invitations = async () => ({
    invitations: (await people.invitations(newest)).map(({ roles, createdAt, expiresAt, ...rest }) => ({
      ...rest,
      roles: [...roles],
      createdAt: iso(createdAt),
      expiresAt: iso(expiresAt),
    })),
  });

  api.route({ ...peopleRoutes.people, handler: all });
  api.route({
    ...peopleRoutes.createPerson,
    handler: async (request) => {
      const { id, roles, password } = request.body;
      const person = await signIn.newPerson(PersonId(id), roles, password);
      const what = { action: "person/create", subject: id, detail: roles.join(", ") };
      await people.add(person, deeds.of(request, what));
      return all();
    },
  });
  api.route({
    ...peopleRoutes.changePerson,
    handler: async (request) => {
      const { params, body } = request;
      refuseOwn(request, params.id);
      const detail = [
        ...(body.roles ? [`roles: ${body.roles.join(", ") || "none"}`] : []),
        ...(body.isClosed === undefined ? [] : [body.isClosed ? "closed" : "opened again"]),
      ].join("; ");
      const deed = deeds.of(request, { action: "person/change", subject: params.id, detail });
      if (!(await people.change(PersonId(params.id), body, deed))) throw unknown(`account "${params.id}"`);
      return all();
    },
  });
  api.route({
    ...peopleRoutes.openSignUp,
    handler: async (request) => {
      const { isOpen } = request.body;
      const what = { action: "people/sign-up", subject: "exchange", detail: isOpen ? "open" : "closed" };
      await people.setSignUpOpen(isOpen, deeds.of(request, what));
      return all();
    },
  });
  api.route({ ...peopleRoutes.invitations, handler: invitations });
  api.route({
    ...peopleRoutes.invite,
    handler: async (request) => {
      const { roles, days } = request.body;
      const token = invitationMark + newSecret();
      const deed = deeds.of(request, { action: "person/invite", subject: "", detail: roles.join(", ") });
      const now = clock.now();
      const expiresAt = Instant(now + days * dayMs);
      await people.invite(
        { hash: hashOf(token), roles, madeBy: deed.actor, createdAt: now, expiresAt },
        deed,
      );
      return { token, path: `/sign-up#${token}` };
    },
  });
  api.route({
    ...peopleRoutes.revokeInvitation,
    handler: async (request) => {
      const { id } = request.params;
      const deed = deeds.of(request, { action: "person/uninvite", subject: String(id) });
      if (!(await people.removeInvitation(id, deed))) throw unknown(`open invitation ${id}`);
      return invitations();
    },
  });
}

/** So that nobody locks out the last operator by mistake. */
function refuseOwn({ grant }: FastifyRequest, id: string): void {
  if (grant?.holder?.id !== id) return;
  throw new HearthworkError({
    code: "api/conflict",
    message: "Another operator, or the exchange's owner, changes your own roles",
  });
}

const iso = (at: Instant) => new Date(at).toISOString();
const unknown = (what: string) =>
  new HearthworkError({ code: "api/not-found", message: `There is no ${what} here` });
