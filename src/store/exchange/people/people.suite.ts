import { describe, expect, it } from "vitest";
import { Instant, PersonId } from "../../../domain/index.ts";
import type { ExchangeStore } from "../openExchangeStore.ts";
import type { Deed } from "./audit.ts";

const now = Instant(Date.UTC(2026, 0, 15, 12));
const deed = (change: Partial<Deed> = {}): Deed => ({
  at: now,
  actor: "owner",
  address: "::1",
  action: "person/create",
  subject: "somebody",
  outcome: "done",
  detail: "",
  ...change,
});

/** What an exchange knows of people, whatever keeps it. */
export function describePeople(storeOf: () => ExchangeStore): void {
  describe("of people", () => {
    const people = () => storeOf().people;

    it("opens an account and its ledger once, together with its note", async () => {
      const zoe = { id: PersonId("zoe"), roles: ["consumer"] as const, password: null };
      await people().add(zoe, deed({ subject: "zoe" }));
      await expect(people().add(zoe, deed({ subject: "zoe" }))).rejects.toMatchObject({
        code: "api/conflict",
      });
      expect(await people().audit({ subject: "zoe", limit: 10 })).toHaveLength(1);
      expect(await people().person(zoe.id)).toEqual({ ...zoe, isClosed: false, createdAt: now });
      const operator = { ...zoe, id: PersonId("operator") };
      await expect(people().add(operator, deed())).rejects.toMatchObject({ code: "api/conflict" });
    });

    it("takes back the whole of a change whose invitation was used meanwhile", async () => {
      const hash = "i".repeat(64);
      const invitation = {
        hash,
        roles: ["provider"] as const,
        madeBy: "owner",
        createdAt: now,
        expiresAt: Instant(now + 1),
      };
      await people().invite(invitation, deed({ action: "person/invite" }));
      const [yan, yul] = [PersonId("yan"), PersonId("yul")].map((id) => ({
        id,
        roles: ["provider"] as const,
        password: null,
      }));
      if (!yan || !yul) throw new Error("unreachable");
      await people().addInvited(yan, hash, deed());
      await expect(people().addInvited(yul, hash, deed())).rejects.toMatchObject({
        code: "access/bad-invitation",
      });
      expect(await people().person(yul.id)).toBeUndefined();
    });

    it("counts an invitation no more when who made it may not invite", async () => {
      const ola = { id: PersonId("ola"), roles: ["operator"] as const, password: null };
      const noa = { id: PersonId("noa"), roles: ["provider"] as const, password: null };
      await people().add(ola, deed({ subject: "ola" }));
      const hash = "o".repeat(64);
      const made = { hash, roles: ["operator"] as const, madeBy: "ola", createdAt: now };
      await people().invite({ ...made, expiresAt: Instant(now + 1) }, deed({ action: "person/invite" }));
      expect(await people().invitedRoles(hash, now)).toEqual(["operator"]);
      await people().change(ola.id, { roles: ["consumer"] }, deed());
      for (const taken of [people().invitedRoles(hash, now), people().addInvited(noa, hash, deed())])
        await expect(taken).rejects.toMatchObject({ code: "access/bad-invitation" });
    });

    it("notes no subject whose try is refused", async () => {
      const spent = { subject: "spent", rate: { burst: 1, every: 10 } };
      expect(await people().takeTry([spent], 100)).toBe(0);
      const stranger = { subject: "stranger", rate: { burst: 5, every: 1 } };
      expect(await people().takeTry([spent, stranger], 101)).toBeCloseTo(9);
      expect([...(await people().knownSubjects(["stranger"]))]).toEqual([]);
    });

    it("gives tries back with time, and takes none where one limit has none left", async () => {
      const [few, many] = [
        { subject: "few", rate: { burst: 1, every: 10 } },
        { subject: "many", rate: { burst: 2, every: 10 } },
      ];
      expect(await people().takeTry([few, many], 100)).toBe(0);
      expect(await people().takeTry([few, many], 104)).toBeCloseTo(6);
      expect(await people().takeTry([many], 104)).toBe(0);
      expect(await people().takeTry([many], 104)).toBeCloseTo(6);
      await people().refillTries([few], 104);
      expect(await people().takeTry([few], 104)).toBe(0);
      expect([...(await people().knownSubjects(["few", "never"]))]).toEqual(["few"]);
    });

    it("keeps a person's newest 32 sessions, and forgets those that are over", async () => {
      const id = PersonId("zoe");
      for (let i = 0; i < 34; i += 1) {
        const login = { hash: `s${i}`, createdAt: Instant(now + i), address: "::1", agent: "test" };
        await people().beginSession(id, login, deed({ action: "session/begin", subject: "sessions" }));
      }
      const hashes = (await people().sessionsOf(id)).map(({ hash }) => hash);
      expect([hashes.length, hashes[0], hashes.at(-1)]).toEqual([32, "s33", "s2"]);
      await people().forgetOld(now, { begunBefore: Instant(now + 33), usedBefore: now });
      expect((await people().sessionsOf(id)).map(({ hash }) => hash)).toEqual(["s33"]);
    });
  });
}
