import { Digest, type Random } from "../../../domain/index.ts";
import {
  afterCheck,
  checkChance,
  isBanned,
  type Standing,
  type TrustRules,
  unknown,
  verdictOn,
} from "../../../jobs/index.ts";
import type { Character } from "./cast.ts";

export interface NetworkTally {
  readonly tasks: number;
  /** Times that tasks were done beside once each. */
  readonly extra: number;
  /** Wrong results that stand. */
  readonly badStanding: number;
  readonly banned: number;
}

export interface NetworkOptions {
  readonly rules: TrustRules;
  /** Does what a cheat brought within so many of its tasks again once it is caught; 0: does not. */
  readonly recheckTasks: number;
  readonly random: Random;
}

interface Member {
  readonly character: Character;
  standing: Standing;
  /** Of its results that stand unchecked, newest last: whether each is wrong. */
  unchecked: boolean[];
}

/** A network in which every member is offered as many tasks; banned ones come back under a new key at once. */
export class TrustNetwork {
  readonly #members: readonly Member[];
  readonly #options: NetworkOptions;
  readonly #tally = { tasks: 0, extra: 0, badStanding: 0, banned: 0 };
  #invented = 0;

  constructor(characters: readonly Character[], options: NetworkOptions) {
    this.#members = characters.map((character) => ({ character, standing: unknown, unchecked: [] }));
    this.#options = options;
  }

  /** A task for each member. */
  round(): void {
    for (const member of this.#members) this.#doTask(member);
  }

  tally(): NetworkTally {
    return { ...this.#tally };
  }

  #doTask(first: Member): void {
    const { random, rules } = this.#options;
    this.#tally.tasks += 1;
    const answers = [{ by: first, says: this.#answer(first) }];
    if (random.next() >= checkChance(first.standing, rules)) {
      const isWrong = answers[0]?.says !== right;
      first.unchecked.push(isWrong);
      if (isWrong) this.#tally.badStanding += 1;
      return;
    }
    for (;;) {
      const checker = this.#members[random.integer(this.#members.length)];
      if (!checker || answers.some(({ by }) => by === checker)) continue;
      answers.push({ by: checker, says: this.#answer(checker) });
      this.#tally.extra += 1;
      const verdict = verdictOn(answers.map(({ says }, lease) => ({ lease, digest: says })));
      if (verdict.kind === "hopeless") return;
      if (verdict.kind === "undecided") continue;
      if (answers[verdict.stands]?.says !== right) this.#tally.badStanding += 1;
      for (const [lease, { by }] of answers.entries()) this.#judge(by, verdict.wrong.includes(lease));
      return;
    }
  }

  #answer({ character, standing }: Member): Digest {
    const { random } = this.#options;
    const cheats = standing.streak >= character.patience && random.next() < character.cheatRate;
    if (cheats && character.colludes) return agreedLie;
    if (!cheats && random.next() >= character.faultRate) return right;
    this.#invented += 1;
    return Digest(this.#invented.toString(16).padStart(64, "0"));
  }

  #judge(member: Member, isWrong: boolean): void {
    member.standing = afterCheck(member.standing, isWrong ? "wrong" : "right");
    if (!isWrong) return;
    const again = member.unchecked.splice(-this.#options.recheckTasks || Infinity);
    this.#tally.extra += again.length;
    this.#tally.badStanding -= again.filter(Boolean).length;
    if (!isBanned(member.standing, this.#options.rules)) return;
    this.#tally.banned += 1;
    member.standing = unknown;
    member.unchecked = [];
  }
}

const right = Digest("f".repeat(64));
const agreedLie = Digest("e".repeat(64));
