import { seededRandom } from "../../../domain/index.ts";
import { type TrustRules, trustRules } from "../../../jobs/index.ts";
import { cast, honest } from "./cast.ts";
import { TrustNetwork } from "./trustNetwork.ts";

export interface TrustStudyOptions {
  readonly providers: number;
  readonly tasksEach: number;
  /** Of the providers that are not honest. */
  readonly badShare: number;
  readonly seed: number;
}

export interface TrustRow {
  readonly among: string;
  readonly floor: number;
  readonly recheckTasks: number;
  /** Of the results that stand, those that are wrong. */
  readonly badShare: number;
  /** Of the tasks, how many more were done for checks. */
  readonly overhead: number;
  readonly banned: number;
}

export interface TrustReport extends TrustStudyOptions {
  readonly rules: TrustRules;
  /** What the exchange does now, whoever is among the honest. */
  readonly now: readonly TrustRow[];
  /** What other floors would do against strategic cheats, without and with doing their work again. */
  readonly curve: readonly TrustRow[];
  readonly cheat: CheatBalance;
}

/** What somebody can expect who makes up one result. */
export interface CheatBalance {
  /** That it is checked, once he is believed as much as anybody can be. */
  readonly caughtChance: number;
  /** Results' pay that he has to have held back for it not to be worth it, if making it up saves all of the work. */
  readonly breakEvenHeld: number;
}

const floors = [0.02, 0.04, 0.06, 0.1, 0.2];
const rechecks = [0, 500];

/** Plays networks of honest and other providers by the exchange's own rules of belief. */
export function studyTrust(options: TrustStudyOptions): TrustReport {
  const strategic = cast.filter(({ name }) => name.startsWith("strategic"));
  return {
    ...options,
    rules: trustRules,
    now: cast.map((character) => play(options, character, trustRules, 0)),
    curve: rechecks.flatMap((recheckTasks) =>
      strategic.flatMap((character) =>
        floors.map((floor) => play(options, character, { ...trustRules, floor }, recheckTasks)),
      ),
    ),
    cheat: { caughtChance: trustRules.floor, breakEvenHeld: (1 - trustRules.floor) / trustRules.floor },
  };
}

function play(
  { providers, tasksEach, badShare, seed }: TrustStudyOptions,
  character: (typeof cast)[number],
  rules: TrustRules,
  recheckTasks: number,
): TrustRow {
  const bad = Math.round(providers * badShare);
  const members = Array.from({ length: providers }, (_, i) => (i < bad ? character : honest));
  const random = seededRandom(seed).fork(character.name);
  const network = new TrustNetwork(members, { rules, recheckTasks, random });
  for (let i = 0; i < tasksEach; i += 1) network.round();
  const { tasks, extra, badStanding, banned } = network.tally();
  return {
    among: character.name,
    floor: rules.floor,
    recheckTasks,
    badShare: badStanding / tasks,
    overhead: extra / tasks,
    banned,
  };
}
