import type { Clock } from "../../domain/index.ts";
import type { AvalonBuild, AvalonFault, AvalonInside } from "./avalonInside.ts";

export interface AvalonReportsOptions {
  readonly inside: AvalonInside;
  readonly build: AvalonBuild;
  readonly clock: Clock;
  readonly faults: ReadonlySet<AvalonFault>;
  readonly written: string[];
}

interface Status {
  readonly kind: "S" | "I" | "E";
  readonly code: number;
  readonly message: string;
}
type Report = Readonly<Record<string, unknown>>;

/** What its firmware answers to a line of JSON. */
export function avalonReports({ inside, build, clock, faults, written }: AvalonReportsOptions) {
  const works = () => !inside.isOff;
  const told = () => inside.power * (faults.has("lies about watts") ? 0.5 : 1);
  const rate = () => (works() ? inside.power * build.terahashesPerWatt * 1000 : 0);

  const report = ({ kind, code, message }: Status, section: Report = {}): Report => ({
    STATUS: [
      {
        STATUS: kind,
        When: Math.floor(clock.now() / 1000),
        Code: code,
        Msg: message,
        Description: "cgminer 4.11.1",
      },
    ],
    ...section,
    id: 1,
  });
  const info = (message: string) => report({ kind: "I", code: 118, message: `ASC 0 set info: ${message}` });
  const failed = (message: string) =>
    report({ kind: "E", code: 120, message: `ASC 0 set failed: ${message}` });
  const done = report.bind(undefined, { kind: "S", code: 119, message: "ASC 0 set OK" });

  const pairs = () => {
    const hot = works() ? Math.round(inside.chip) : 0;
    const supply = build.softOff
      ? `0 1222 ${works() ? 2251 : 4} ${works() ? 35 : 0} ${Math.round(works() ? told() * 0.94 : 0)} 2245 ${Math.round(told())}`
      : build.hasLevelsOnly
        ? `0 0 0 3 2780 ${Math.round(told())} 314`
        : `0 0 27541 4 0 3756 ${Math.round(told())}`;
    const air = build.softOff
      ? `ITemp[26] HBITemp[27] HBOTemp[27]`
      : `ITemp[-273] OTemp[${Math.round(20 + hot / 4)}]`;
    const mode = build.hasLevelsOnly ? `WORKLEVEL[${inside.mode}]` : `WORKMODE[${inside.mode}] WORKLEVEL[0]`;
    const watts = build.levels[inside.mode] ?? 0;
    return [
      `Ver[${build.name}-25052801_14a19a2] FW[Release] DNA[0200] MEMFREE[67892] NETFAIL[0 0 0 0 0 0 0 0]`,
      `SYSTEMSTATU[Work: In ${works() ? "Work" : "Idle"}, Hash Board: 1] Elapsed[${Math.floor(inside.at - inside.startedAt)}]`,
      `${air} TMax[${hot}] TAvg[${Math.max(0, hot - 5)}] TarT[65] Fan1[${works() ? 1500 : 0}] FanR[${works() ? 40 : 0}%]`,
      `PS[${supply}] GHSspd[${rate().toFixed(2)}] GHSmm[55032.79] GHSavg[44499.41] SoftOFF[${works() ? 0 : 4}]`,
      `ATA${inside.mode}[${watts}-65-2264-258-20] ${mode} MPO[${watts}] CALIALL[7] ADJ[1]`,
    ].join(" ");
  };

  const commands: Readonly<Record<string, () => Report>> = {
    version: () =>
      report(
        { kind: "S", code: 22, message: "CGMiner versions" },
        { VERSION: [{ CGMiner: "4.11.1", API: "3.7", PROD: build.product, MODEL: build.name }] },
      ),
    summary: () =>
      report(
        { kind: "S", code: 11, message: "Summary" },
        {
          SUMMARY: [
            {
              Elapsed: Math.floor(inside.at - inside.startedAt),
              "MHS av": 44_539_601.86,
              "MHS 5s": rate() * 1000,
              Accepted: Math.floor(inside.accepted),
              Rejected: 2,
              Stale: 0,
            },
          ],
        },
      ),
    stats: () =>
      report(
        { kind: "S", code: 70, message: "CGMiner stats" },
        {
          STATS: [
            build.isSummary
              ? {
                  STATS: 0,
                  ID: "AVALON0",
                  HBinfo: `'HB0':{PVT_T0[ ${[-2, -1, 0].map((less) => Math.round(inside.chip) + less).join("  ")}] MW0[526 664 642]}`,
                  "MM ID0:Summary": `'STATS':{${pairs()}}`,
                }
              : { STATS: 0, ID: "AVANANO0", "MM ID0": pairs(), "MM Count": 1 },
            { STATS: 1, ID: "POOL0", "Pool Calls": 0 },
          ],
        },
      ),
    coin: () =>
      report(
        { kind: "S", code: 78, message: "CGMiner coin" },
        { COIN: [{ "Hash Method": "sha256", "Network Difficulty": 126_271_255_279_306.98 }] },
      ),
  };
  const invalid = () => report({ kind: "E", code: 14, message: "Invalid command" });

  /** Undefined where it hangs up without a word. */
  function ascset(parameter: string): Report | undefined {
    const [, option = "", verb = "", value = "", second = ""] = parameter.split(",");
    if (option === "help")
      return info(`help|workmode|worklevel|reboot|${build.softOff ? "softon|softoff|" : ""}`);
    if (faults.has("refuses")) return failed("Don't do that");
    written.push(parameter);
    switch (option) {
      case "softoff":
      case "softon": {
        if (!build.softOff) return failed(`Unknown option: ${option}`);
        const time = Number(verb.replace(/^1:/, ""));
        Object.assign(inside, option === "softoff" ? { offAt: time } : { onAt: time });
        if (option === "softon" && faults.has("hangs up at softon")) return undefined;
        return info(`success ${option}:${time}`);
      }
      case "workmode":
      case "worklevel":
      case "work_mode_lvl":
        return setMode(
          option,
          verb === "set"
            ? Number(option === "work_mode_lvl" && second === "" ? Number.NaN : value)
            : Number.NaN,
        );
      default:
        return failed(`Unknown option: ${option}`);
    }
  }

  function setMode(option: string, mode: number): Report {
    const isKnown = option === (build.hasLevelsOnly ? "worklevel" : "workmode") || option === "work_mode_lvl";
    if (!isKnown) return failed(`Unknown option: ${option}`);
    if (faults.has("calibrates"))
      return failed(`current mode ${inside.mode} is caling Don't permit switch mode`);
    if (build.levels[mode] === undefined) return failed("error:2 parameter error");
    inside.mode = mode;
    return done();
  }

  return {
    answer(line: string): string | undefined {
      const { command = "", parameter = "" } = parsed(line);
      const parts = command.split("+");
      const single = (name: string) =>
        (commands[name === "estats" || name === "litestats" ? "stats" : name] ?? invalid)();
      if (command === "ascset") {
        const reply = ascset(parameter);
        return reply && JSON.stringify(reply);
      }
      const joined = parts.length > 1;
      if (joined && faults.has("joins nothing")) return JSON.stringify(invalid());
      const reply = joined
        ? { ...Object.fromEntries(parts.map((name) => [name, [single(name)]])), id: 1 }
        : single(command);
      const text = JSON.stringify(reply);
      return faults.has("writes bad JSON") ? damaged(text) : text;
    },
  };
}

/** The damage of the field, all at once. */
const damaged = (text: string) =>
  text
    .replaceAll("},{", "}{")
    .replaceAll("[{", "[,{")
    .replaceAll("}]", ",}]")
    .replaceAll('"MHS av":44539601.86', '"MHS av":inf,"MHS 1m":"nan"')
    .replaceAll(',"Description"', '"Description"')
    .replace(/^\{/, ",");

function parsed(line: string): { readonly command?: string; readonly parameter?: string } {
  try {
    return JSON.parse(line) as { command?: string; parameter?: string };
  } catch {
    return {};
  }
}
