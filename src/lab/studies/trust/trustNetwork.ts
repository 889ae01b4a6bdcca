import { Digest, type Random } from "../../../domain/index.ts";
import {
  afterCheck,
  canaryShare,
  checkChance,
  isBanned,
  type Standing,
  type TrustRules,
  unknown,
  verdictOn,
} from "../../../jobs/index.ts";
import { type Character, honest } from "./cast.ts";

export interface NetworkTally {
  readonly tasks: number;
  /** Times that tasks were done beside once each: to check, again after a catch, and with known results. */
  readonly checks: number;
  readonly again: number;
  readonly canaries: number;
  /** Wrong results that stand. */
  readonly badStanding: number;
  readonly banned: number;
  readonly honestBanned: number;
  /** In prices of a task: what the exchange paid for doing again and for known results, and took from who was caught. */
  readonly spent: number;
  readonly forfeited: number;
}

export interface NetworkOptions {
  readonly rules: TrustRules;
  readonly random: Random;
}

/** A name under which somebody works, until it is banned. */
interface Key {
  readonly member: Member;
  standing: Standing;
  isRevoked: boolean;
  /** It was banned, and what is done again of its results has been. */
  isDone: boolean;
  /** What stands by it, newest last. */
  readonly results: Result[];
}

export interface Member {
  readonly character: Character;
  key: Key;
  /** In prices of a task: what it keeps of its pay, and how many tasks it did truly. */
  kept: number;
  worked: number;
}

/** What stands as a task's result, and by whom. */
interface Result {
  says: Digest;
  by: Key[];
  /** It is being done again, or was. */
  isDoubted: boolean;
  /** Paid for to its first provider, and not taken back. */
  isPaid: boolean;
}

/**
 * A network in which every member is offered as many tasks, by the exchange's own rules: checks, doing again, known
 * results, bans. Banned ones come back under a new key at once. All happens within one audit window.
 */
export class TrustNetwork {
  readonly members: readonly Member[];
  readonly #options: NetworkOptions;
  readonly #tally = {
    tasks: 0,
    checks: 0,
    again: 0,
    canaries: 0,
    banned: 0,
    honestBanned: 0,
    spent: 0,
    forfeited: 0,
  };
  readonly #results: Result[] = [];
  readonly #caught: Key[] = [];
  readonly #everCaught = new Set<Key>();
  #invented = 0;

  constructor(characters: readonly Character[], options: NetworkOptions) {
    this.members = characters.map((character) => newMember(character));
    this.#options = options;
  }

  /** A task for each member, and then whatever it brought about. */
  round(): void {
    for (const member of this.members) this.#doTask(member);
    const { random, rules } = this.#options;
    const share = canaryShare(this.#everCaught.size / this.members.length, rules);
    for (const member of this.members) if (random.next() < share) this.#tryWithKnown(member.key);
    for (let key = this.#caught.shift(); key; key = this.#caught.shift()) this.#doAgain(key);
  }

  tally(): NetworkTally {
    return { ...this.#tally, badStanding: this.#results.filter(({ says }) => says !== right).length };
  }

  #doTask({ key }: Member): void {
    const { random, rules } = this.#options;
    this.#tally.tasks += 1;
    const says = this.#answer(key);
    if (random.next() < checkChance(key.standing, rules)) {
      const settled = this.#settle([{ key, says, isCopy: false }], "checks");
      if (settled) this.#stand(settled.says, settled.by);
    } else {
      this.#pay(key);
      this.#stand(says, [key]);
    }
  }

  #stand(says: Digest, by: Key[]): void {
    const result = { says, by, isDoubted: false, isPaid: true };
    this.#results.push(result);
    for (const key of by) key.results.push(result);
  }

  /** Has others do a task until two say the same, and draws the consequences. Undefined: nobody agrees. */
  #settle(
    claims: { readonly key: Key; readonly says: Digest; readonly isCopy: boolean }[],
    why: "checks" | "again",
  ): { readonly says: Digest; readonly by: Key[] } | undefined {
    const { random } = this.#options;
    for (;;) {
      const checker = this.members[random.integer(this.members.length)]?.key;
      if (!checker || claims.some(({ key }) => key === checker)) continue;
      claims.push({ key: checker, says: this.#answer(checker), isCopy: false });
      this.#tally[why] += 1;
      const verdict = verdictOn(claims.map(({ says }, lease) => ({ lease, digest: says })));
      if (verdict.kind === "hopeless") return undefined;
      if (verdict.kind === "undecided") continue;
      const says = claims[verdict.stands]?.says ?? right;
      for (const claim of claims) {
        if (claim.says !== says) this.#judge(claim.key, "wrong");
        else if (!claim.isCopy) {
          this.#pay(claim.key);
          if (why === "again") this.#tally.spent += 1;
          this.#judge(claim.key, "right");
        }
      }
      return { says, by: claims.filter((one) => !one.isCopy && one.says === says).map(({ key }) => key) };
    }
  }

  #tryWithKnown(key: Key): void {
    this.#tally.canaries += 1;
    const outcome = this.#answer(key) === right ? "right" : "wrong";
    if (outcome === "right") {
      this.#pay(key);
      this.#tally.spent += 1;
    }
    this.#judge(key, outcome);
  }

  /** The newest results of who was caught that nobody in good standing confirms. */
  #doAgain(caught: Key): void {
    const { recheckTasks } = this.#options.rules;
    if (recheckTasks === 0 || caught.isDone) return;
    const doubted = caught.results
      .filter((result) => !result.isDoubted && result.by.every((key) => key === caught || key.isRevoked))
      .slice(-recheckTasks);
    for (const result of doubted) result.isDoubted = true;
    for (const result of doubted) {
      const before = result.says;
      const settled = this.#settle([{ key: caught, says: before, isCopy: true }], "again");
      if (!settled) continue;
      if (settled.says !== before) for (const key of result.by) this.#takeBack(key);
      result.says = settled.says;
      result.by = settled.by;
      // Whoever stands for it now may be caught, too.
      result.isDoubted = false;
      for (const key of settled.by) key.results.push(result);
    }
    caught.isDone = caught.isRevoked;
  }

  #pay({ member }: Key): void {
    member.kept += 1;
  }

  /** What was paid at once for a wrong result; what was held back of it as well, unless a ban took that. */
  #takeBack({ member, isRevoked }: Key): void {
    const amount = isRevoked ? 1 - this.#options.rules.heldShare : 1;
    member.kept -= amount;
    this.#tally.forfeited += amount;
  }

  #answer({ member, standing }: Key): Digest {
    const { random } = this.#options;
    const { patience, cheatRate, colludes, faultRate } = member.character;
    const cheats = standing.streak >= patience && random.next() < cheatRate;
    if (!cheats) member.worked += 1;
    if (cheats && colludes) return agreedLie;
    if (!cheats && random.next() >= faultRate) return right;
    this.#invented += 1;
    return Digest(this.#invented.toString(16).padStart(64, "0"));
  }

  #judge(key: Key, outcome: "right" | "wrong"): void {
    const { rules } = this.#options;
    key.standing = afterCheck(key.standing, outcome);
    if (outcome === "right") return;
    this.#caught.push(key);
    this.#everCaught.add(key);
    if (key.isRevoked || !isBanned(key.standing, rules)) return;
    key.isRevoked = true;
    this.#tally.banned += 1;
    if (key.member.character === honest) this.#tally.honestBanned += 1;
    const held = rules.heldShare * key.results.length;
    key.member.kept -= held;
    this.#tally.forfeited += held;
    key.member.key = newKey(key.member);
  }
}

const newKey = (member: Member): Key => ({
  member,
  standing: unknown,
  isRevoked: false,
  isDone: false,
  results: [],
});

function newMember(character: Character): Member {
  const member: Omit<Member, "key"> & { key?: Key } = { character, kept: 0, worked: 0 };
  return Object.assign(member, { key: newKey(member as Member) });
}

const right = Digest("f".repeat(64));
const agreedLie = Digest("e".repeat(64));
