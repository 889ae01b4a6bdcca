import { seededRandom } from "../../../domain/index.ts";
import { type TrustRules, trustRules } from "../../../jobs/index.ts";
import { cast, type Character, honest } from "./cast.ts";
import { TrustNetwork } from "./trustNetwork.ts";

export interface TrustStudyOptions {
  readonly providers: number;
  readonly tasksEach: number;
  /** Of the providers that are not honest. */
  readonly badShare: number;
  readonly seed: number;
  /** Networks, of which every figure is the mean. */
  readonly repeats: number;
}

export interface TrustRow {
  readonly among: string;
  readonly isStrategic: boolean;
  /** Of the providers. */
  readonly share: number;
  /** Of the results that stand, those that are wrong. */
  readonly badShare: number;
  /** What was truly computed beside each task once, in tasks. */
  readonly overhead: number;
  /** Leases beside one for each task, made-up results among them: to check, to do again, with known results. */
  readonly leases: { readonly checks: number; readonly again: number; readonly canaries: number };
  readonly banned: number;
  readonly honestBanned: number;
  /** What a task that he is offered brings one of them in the end, in prices: pay less the cost of what he computed. */
  readonly gain: number;
  readonly honestGain: number;
  /** What the exchange paid for doing again and for known results beyond what it took from the caught, in prices for each task. */
  readonly exchangePays: number;
}

/** What the worst of the strategic cheats come to. */
export interface TrustPoint {
  readonly floor: number;
  readonly doesAgain: boolean;
  readonly badShare: number;
  readonly badAmong: string;
  readonly overhead: number;
  readonly overheadAmong: string;
  /** With honest providers alone. */
  readonly honestOverhead: number;
}

export interface TrustReport extends TrustStudyOptions {
  readonly rules: TrustRules;
  /** By the exchange's rules, whoever is among the honest. */
  readonly now: readonly TrustRow[];
  /** By other floors, with doing a caught cheat's results again and without. */
  readonly curve: readonly TrustPoint[];
  /** The more they are who agree on their lies. */
  readonly collusion: readonly TrustRow[];
  readonly cheat: CheatBalance;
}

/** What somebody can expect who makes up results once he is believed as much as anybody can be. */
export interface CheatBalance {
  /** What computing a task truly costs, in prices. */
  readonly cost: number;
  /** That one made-up result is checked. */
  readonly caughtChance: number;
  /** That he saves by it, less what it loses him: the pay of it where it is checked. */
  readonly gainOfOne: number;
  /** Made-up results until one is checked, on average: those within the window are found with it. */
  readonly liesToCatch: number;
  /** What he loses at the ban that comes with it, where as many results wait as are done again. */
  readonly lossAtBan: number;
  /** What all that he made up until then saved him. */
  readonly savedUntilBan: number;
}

/** Electricity, wear and margin leave an honest provider a fifth of the price. */
const cost = 0.8;
const floors = [0.01, 0.02, 0.03, 0.06, 0.1];
const colluding = [0.1, 0.2, 0.3, 0.4];

/** Plays networks of honest and other providers by the exchange's own rules of belief. */
export function studyTrust(options: TrustStudyOptions): TrustReport {
  return {
    ...options,
    rules: trustRules,
    now: cast.map((character) => play(options, character, trustRules)),
    curve: [true, false].flatMap((doesAgain) => floors.map((floor) => pointAt(options, floor, doesAgain))),
    collusion: cast
      .filter(({ colludes }) => colludes)
      .flatMap((character) =>
        colluding.map((badShare) => play({ ...options, badShare }, character, trustRules)),
      ),
    cheat: cheatBalance(trustRules),
  };
}

function cheatBalance({ floor, heldShare, recheckTasks }: TrustRules): CheatBalance {
  const liesToCatch = 1 / floor;
  return {
    cost,
    caughtChance: floor,
    gainOfOne: cost - floor,
    liesToCatch,
    // Of each lie that is found the part that was paid at once is taken back as well.
    lossAtBan: heldShare * recheckTasks + (1 - heldShare) * liesToCatch,
    savedUntilBan: cost * liesToCatch,
  };
}

function pointAt(options: TrustStudyOptions, floor: number, doesAgain: boolean): TrustPoint {
  const rules = { ...trustRules, floor, ...(doesAgain ? {} : { recheckTasks: 0 }) };
  const rows = cast
    .filter(({ isStrategic }) => isStrategic)
    .map((character) => play(options, character, rules));
  const worst = (of: (row: TrustRow) => number) =>
    rows.reduce((most, row) => (of(row) > of(most) ? row : most), rows[0] ?? play(options, honest, rules));
  const [bad, dear] = [worst(({ badShare }) => badShare), worst(({ overhead }) => overhead)];
  return {
    floor,
    doesAgain,
    badShare: bad.badShare,
    badAmong: bad.among,
    overhead: dear.overhead,
    overheadAmong: dear.among,
    honestOverhead: play(options, honest, rules).overhead,
  };
}

function play(options: TrustStudyOptions, character: Character, rules: TrustRules): TrustRow {
  const rows = Array.from({ length: options.repeats }, (_, i) =>
    playOnce({ ...options, seed: options.seed + i }, character, rules),
  );
  const mean = (of: (row: TrustRow) => number) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  return {
    among: character.name,
    isStrategic: character.isStrategic,
    share: mean(({ share }) => share),
    badShare: mean(({ badShare }) => badShare),
    overhead: mean(({ overhead }) => overhead),
    leases: {
      checks: mean(({ leases }) => leases.checks),
      again: mean(({ leases }) => leases.again),
      canaries: mean(({ leases }) => leases.canaries),
    },
    banned: mean(({ banned }) => banned),
    honestBanned: mean(({ honestBanned }) => honestBanned),
    gain: mean(({ gain }) => gain),
    honestGain: mean(({ honestGain }) => honestGain),
    exchangePays: mean(({ exchangePays }) => exchangePays),
  };
}

function playOnce(
  { providers, tasksEach, badShare, seed }: TrustStudyOptions,
  character: Character,
  rules: TrustRules,
): TrustRow {
  const bad = Math.round(providers * badShare);
  const characters = Array.from({ length: providers }, (_, i) => (i < bad ? character : honest));
  const random = seededRandom(seed).fork(character.name);
  const network = new TrustNetwork(characters, { rules, random });
  for (let i = 0; i < tasksEach; i += 1) network.round();
  const { tasks, ...tally } = network.tally();
  const gainOf = (from: number, to: number) => {
    const members = network.members.slice(from, to);
    const gain = members.reduce((sum, { kept, worked }) => sum + kept - cost * worked, 0);
    return gain / (members.length * tasksEach);
  };
  const worked = network.members.reduce((sum, member) => sum + member.worked, 0);
  return {
    among: character.name,
    isStrategic: character.isStrategic,
    share: character === honest ? 0 : bad / providers,
    badShare: tally.badStanding / tasks,
    overhead: worked / tasks - 1,
    leases: { checks: tally.checks / tasks, again: tally.again / tasks, canaries: tally.canaries / tasks },
    banned: tally.banned,
    honestBanned: tally.honestBanned,
    gain: gainOf(0, bad),
    honestGain: gainOf(bad, providers),
    exchangePays: (tally.spent - tally.forfeited) / tasks,
  };
}
