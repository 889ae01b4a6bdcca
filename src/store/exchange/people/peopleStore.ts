import type { Instant, PersonId, ProviderId } from "../../../domain/index.ts";
import type { Database } from "../../database.ts";
import type { ExchangeTables } from "../tables.ts";
import { audited, type AuditSpan, type Deed, note, readAudit } from "./audit.ts";
import { forgetOld, type SessionEnds } from "./chores.ts";
import {
  addKey,
  addLogin,
  endLogin,
  keysOf,
  noteUse,
  readKeys,
  readLogins,
  removeKey,
  sessionsOf,
} from "./credentials.ts";
import {
  addInvitation,
  invitedRoles,
  readInvitations,
  removeInvitation,
  useInvitation,
} from "./invitations.ts";
import { addJoinToken, bindMachine } from "./joinTokens.ts";
import {
  addChallenge,
  addPasskey,
  notePasskeyUse,
  passkeyOf,
  readPasskeys,
  removePasskey,
  removePassword,
  renamePasskey,
  takeChallenge,
} from "./passkeys.ts";
import {
  addPerson,
  changePerson,
  endLogins,
  hasOperator,
  type NewPerson,
  type PersonChange,
  personOf,
  readPeople,
  setPassword,
} from "./persons.ts";
import { isSignUpOpen, setSignUpOpen } from "./settings.ts";
import { knownSubjects, type Limit, refillTries, takeTry } from "./tries.ts";

export type PeopleStore = ReturnType<typeof peopleStore>;
type Key = Parameters<typeof addKey>[2];

/** Who may use an exchange, what lets them in, and what they did. A change comes with its note in the audit log. */
export function peopleStore(
  { db, prepared }: Database<ExchangeTables>,
  guarded: <T>(work: Promise<T>) => Promise<T>,
) {
  return {
    note: (deed: Deed) => guarded(note(db, deed)),
    audit: (span: AuditSpan) => guarded(readAudit(db, span)),

    all: () => guarded(readPeople(db)),
    person: (id: PersonId) => guarded(personOf(db, id)),
    hasOperator: () => guarded(hasOperator(db)),
    add: (person: NewPerson, deed: Deed) =>
      guarded(audited(db, deed, (tx) => addPerson(tx, person, deed.at))),
    addWithKey: (person: NewPerson, key: Key, deed: Deed) =>
      guarded(
        audited(db, deed, async (tx) => {
          await addPerson(tx, person, deed.at);
          await addKey(tx, person.id, key);
        }),
      ),
    /** As one who was invited. */
    addInvited: (person: NewPerson, invitation: string, deed: Deed) =>
      guarded(
        audited(db, deed, async (tx) => {
          await addPerson(tx, person, deed.at);
          await useInvitation(tx, invitation, person.id, deed.at);
        }),
      ),
    change: (id: PersonId, change: PersonChange, deed: Deed) =>
      guarded(audited(db, deed, (tx) => changePerson(tx, id, change, deed.at))),
    setPassword: (id: PersonId, password: string, exceptSession: string | undefined, deed: Deed) =>
      guarded(audited(db, deed, (tx) => setPassword(tx, id, password, exceptSession))),

    invite: (invitation: Parameters<typeof addInvitation>[1], deed: Deed) =>
      guarded(audited(db, deed, (tx) => addInvitation(tx, invitation))),
    invitations: (limit: number) => guarded(readInvitations(db, limit)),
    invitedRoles: (hash: string, now: Instant) => guarded(invitedRoles(db, hash, now)),
    removeInvitation: (id: number, deed: Deed) =>
      guarded(audited(db, deed, (tx) => removeInvitation(tx, id))),
    isSignUpOpen: () => guarded(isSignUpOpen(db)),
    setSignUpOpen: (isOpen: boolean, deed: Deed) =>
      guarded(audited(db, deed, (tx) => setSignUpOpen(tx, isOpen))),

    sessions: (hashes: readonly string[]) => guarded(sessionsOf(prepared, hashes)),
    keys: (hashes: readonly string[]) => guarded(keysOf(prepared, hashes)),
    noteUse: (table: "login" | "api_key", hash: string, at: Instant) => guarded(noteUse(db, table, hash, at)),
    beginSession: (person: PersonId, login: Parameters<typeof addLogin>[2], deed: Deed) =>
      guarded(audited(db, deed, (tx) => addLogin(tx, person, login))),
    /** Whose it was, unless there is none. */
    endSession: (hash: string, deedOf: (person: PersonId) => Deed) =>
      guarded(
        db.transaction().execute(async (tx) => {
          const person = await endLogin(tx, hash);
          if (person !== undefined) await note(tx, deedOf(person));
          return person;
        }),
      ),
    endSessions: (person: PersonId, except: string | undefined, deed: Deed) =>
      guarded(audited(db, deed, (tx) => endLogins(tx, person, except))),
    sessionsOf: (person: PersonId) => guarded(readLogins(db, person)),
    addKey: (person: PersonId, key: Key, deed: Deed) =>
      guarded(audited(db, deed, (tx) => addKey(tx, person, key))),
    keysOf: (person: PersonId) => guarded(readKeys(db, person)),
    removeKey: (person: PersonId, name: string, deed: Deed) =>
      guarded(audited(db, deed, (tx) => removeKey(tx, person, name))),

    passkeys: (person: PersonId) => guarded(readPasskeys(db, person)),
    passkeyOf: (id: string) => guarded(passkeyOf(db, id)),
    addPasskey: (passkey: Parameters<typeof addPasskey>[1], deed: Deed) =>
      guarded(audited(db, deed, (tx) => addPasskey(tx, passkey))),
    notePasskeyUse: (id: string, counter: number, at: Instant) =>
      guarded(notePasskeyUse(db, id, counter, at)),
    renamePasskey: (person: PersonId, name: string, to: string, deed: Deed) =>
      guarded(audited(db, deed, (tx) => renamePasskey(tx, person, name, to))),
    removePasskey: (person: PersonId, name: string, deed: Deed) =>
      guarded(audited(db, deed, (tx) => removePasskey(tx, person, name))),
    removePassword: (person: PersonId, deed: Deed) =>
      guarded(audited(db, deed, (tx) => removePassword(tx, person))),
    addChallenge: (hash: string, person: PersonId | null, expiresAt: Instant) =>
      guarded(addChallenge(db, hash, person, expiresAt)),
    takeChallenge: (hash: string, person: PersonId | null, now: Instant) =>
      guarded(takeChallenge(db, hash, person, now)),

    addJoinToken: (token: Parameters<typeof addJoinToken>[1], deed: Deed) =>
      guarded(audited(db, deed, (tx) => addJoinToken(tx, token))),
    /** Whose the machine is now; undefined where the token counts no more. */
    bindMachine: (id: ProviderId, token: string, now: Instant, deedOf: (person: PersonId) => Deed) =>
      guarded(bindMachine(db, id, token, now, deedOf)),

    takeTry: (limits: readonly Limit[], now: number) => guarded(takeTry(db, limits, now)),
    knownSubjects: (subjects: readonly string[]) => guarded(knownSubjects(db, subjects)),
    refillTries: (limits: readonly Limit[], now: number) => guarded(refillTries(db, limits, now)),
    forgetOld: (now: Instant, ends: SessionEnds) => guarded(forgetOld(db, now, ends)),
  };
}
