import { Celsius, HashesPerSecond } from "../../../domain/index.ts";
import { type Bracketed, numberAt, numbersIn, readBracketed } from "../../cgminer/bracketed.ts";
import { type CgminerReply, type CgminerRow, numberIn, textIn } from "../../cgminer/cgminerReply.ts";
import { type AvalonModelName, modelNamed } from "./models.ts";

/** What an Avalon says of itself. */
export interface AvalonState {
  /** Undefined when it is none that is known. */
  readonly model: AvalonModelName | undefined;
  readonly work: "working" | "starting" | "idle";
  readonly mode: number | undefined;
  readonly level: number | undefined;
  /** Which of the two is written to change its power: older firmware knows levels only. */
  readonly setBy: "workmode" | "worklevel";
  /** The fields of its power supply, `PS[…]`; their meaning differs by model. */
  readonly supply: readonly (number | undefined)[];
  /** At the wall, W, where the firmware names it so. */
  readonly wallWatts: number | undefined;
  /** The most that its mode draws, W; not what it draws now. */
  readonly modeWatts: number | undefined;
  readonly hashrate: HashesPerSecond;
  /** Its hottest part that has a sensor. */
  readonly temperature: Celsius | undefined;
  readonly networkDifficulty: number | undefined;
  readonly shares:
    | { readonly accepted: number; readonly rejected: number; readonly stale: number }
    | undefined;
  readonly faults: readonly string[];
}

export type AvalonReplies = Readonly<Record<"version" | "summary" | "stats" | "coin", CgminerReply>>;

/** Reads the replies of one look at it. Undefined when they hold none of an Avalon's statistics. */
export function readAvalon({ version, summary, stats, coin }: AvalonReplies): AvalonState | undefined {
  const rows = stats.sections["STATS"] ?? [];
  const said = mmFields(rows);
  if (!said) return undefined;
  const totals = summary.sections["SUMMARY"]?.[0];
  const work = workOf(said);
  return {
    model: modelOf(version.sections["VERSION"]?.[0], said),
    work,
    mode: numberAt(said, "WORKMODE"),
    level: numberAt(said, "WORKLEVEL"),
    setBy: said.has("WORKMODE") ? "workmode" : "worklevel",
    supply: numbersIn(said, "PS"),
    wallWatts: numberAt(said, "WALLPOWER"),
    modeWatts: numberAt(said, "MPO"),
    hashrate: work === "idle" ? HashesPerSecond(0) : hashrateOf(said, totals),
    temperature: hottest(said, boardFields(rows), work),
    networkDifficulty: numberIn(coin.sections["COIN"]?.[0], "Network Difficulty"),
    shares: sharesOf(totals),
    faults: faultsOf(said),
  };
}

/** `MM ID0` holds the pairs; on newer firmware it is called `MM ID0:Summary`. */
function mmFields(rows: readonly CgminerRow[]): Bracketed | undefined {
  for (const row of rows) {
    const key = Object.keys(row).find((name) => /^MM ID\d+(?::Summary)?$/.test(name));
    const fields = readBracketed((key === undefined ? undefined : textIn(row, key)) ?? "");
    if (fields.size > 0) return fields;
  }
  return undefined;
}

const boardFields = (rows: readonly CgminerRow[]): Bracketed =>
  readBracketed(rows.map((row) => textIn(row, "HBinfo") ?? "").join(" "));

function modelOf(version: CgminerRow | undefined, said: Bracketed): AvalonModelName | undefined {
  const names = [textIn(version, "MODEL"), textIn(version, "PROD"), said.get("Ver")?.split("-", 1)[0]];
  return names.map((name) => modelNamed(name ?? "")).find((name) => name !== undefined);
}

function workOf(said: Bracketed): AvalonState["work"] {
  const word = /Work:\s*In\s+(\w+)/i.exec(said.get("SYSTEMSTATU") ?? "")?.[1]?.toLowerCase();
  if (word === "work") return "working";
  if (word === "idle") return "idle";
  if (word !== undefined) return "starting";
  return (numberAt(said, "GHSspd") ?? 0) > 0 ? "working" : "idle";
}

/** No home miner is faster, H/s. */
const mostHashrate = 1e16;

/** The averages of cgminer go on for long after it was stopped; `GHSspd` is what it does now. */
function hashrateOf(said: Bracketed, totals: CgminerRow | undefined): HashesPerSecond {
  const now = numberAt(said, "GHSspd");
  const rate = now === undefined ? (numberIn(totals, "MHS 1m") ?? 0) * 1e6 : now * 1e9;
  return HashesPerSecond(rate > 0 && rate <= mostHashrate ? rate : 0);
}

const airSensors = ["ITemp", "OTemp", "Temp", "HBITemp", "HBOTemp"];
const chipSensors = ["TMax", "TAvg", "MTmax", "MTavg"];

/** -273 stands for no sensor; chips that are off say 0 or what they had before. */
function hottest(said: Bracketed, board: Bracketed, work: AvalonState["work"]): Celsius | undefined {
  const air = airSensors.flatMap((key) => numbersIn(said, key));
  const chips = work === "idle" ? [] : chipSensors.flatMap((key) => numbersIn(said, key));
  const cores = work === "idle" ? [] : [said, board].flatMap((fields) => coreTemperatures(fields));
  const known = [...air, ...[...chips, ...cores].filter((value) => value !== 0)].filter(
    (value) => value !== undefined && value > -60 && value < 200,
  );
  return known.length === 0 ? undefined : Celsius(Math.max(...(known as number[])));
}

const coreTemperatures = (fields: Bracketed) =>
  [...fields.keys()].filter((key) => /^PVT_T\d+$/.test(key)).flatMap((key) => numbersIn(fields, key));

function sharesOf(totals: CgminerRow | undefined): AvalonState["shares"] {
  const count = (key: string) => Math.max(0, Math.trunc(numberIn(totals, key) ?? 0));
  if (numberIn(totals, "Accepted") === undefined) return undefined;
  return { accepted: count("Accepted"), rejected: count("Rejected"), stale: count("Stale") };
}

function faultsOf(said: Bracketed): readonly string[] {
  const supply = numberAt(said, "PS") ?? 0;
  const fan = numberAt(said, "FanErr") ?? 0;
  return [
    ...(supply === 0 ? [] : [`its power supply tells error ${supply}`]),
    ...(fan === 0 ? [] : [`its fan tells error ${fan}`]),
    ...(/Hash Board:\s*0/i.test(said.get("SYSTEMSTATU") ?? "") ? ["it finds no hash board"] : []),
  ];
}
