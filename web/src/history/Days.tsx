import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import { answered, api, type Ledger, type LedgerSum, type Site } from "../api.ts";
import { money, plain } from "../format.ts";
import { Card } from "../shell/Card.tsx";
import { dayWords } from "../siteTime.ts";
import { DayIntervals } from "./DayIntervals.tsx";
import { minedOf } from "./minedOf.ts";
import { loadsWords } from "./loadsWords.ts";
import { levelWords, marginalWords } from "./levelWords.ts";
import "../shell/table.css";

const askEveryMs = { virtual: 10_000, real: 300_000 };
const most = 31;

/** What heating came to, day by day, in money and carbon. */
export function Days({ site }: { site: Site }) {
  const { data, error } = useQuery({
    queryKey: ["ledger"],
    queryFn: (): Promise<Ledger> => answered(api.GET("/api/v1/ledger", { params: { query: { months: 1 } } })),
    refetchInterval: site.virtual ? askEveryMs.virtual : askEveryMs.real,
    placeholderData: keepPreviousData,
  });
  if (error && !data) {
    return (
      <Card title="Day by day">
        <p role="alert">{error.message}</p>
      </Card>
    );
  }
  if (!data) return null;
  if (data.heatInstead === null) {
    return (
      <Card title="Day by day">
        <p className="history-note">
          What heating comes to is told here once site.economics says what would heat instead: heat is worth
          what it replaces.
        </p>
      </Card>
    );
  }
  const days = data.days.slice(0, most);
  const hasCarbon = days.some(({ carbonKg }) => carbonKg !== null);
  const hasLoads = days.some(({ loads }) => loads !== null);
  const hasJobs = days.some(({ jobRevenue }) => Number(jobRevenue.amount) > 0);
  const hasSun = days.some(({ solarKwh }) => solarKwh !== null);
  return (
    <Card title="Day by day">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" className="table-wide">
              Energy
            </th>
            {hasSun && (
              <th scope="col" className="table-wide">
                of it the sun’s
              </th>
            )}
            <th scope="col">Cost</th>
            {hasJobs ? (
              <>
                <th scope="col">Mined</th>
                <th scope="col">By tasks</th>
              </>
            ) : (
              <th scope="col">Earned</th>
            )}
            <th scope="col">Heat’s worth</th>
            <th scope="col" className="table-wide">
              A heat pump’s cost
            </th>
            {hasCarbon && (
              <>
                <th scope="col" className="table-wide">
                  CO₂ used
                </th>
                <th scope="col" className="table-wide">
                  displaced
                </th>
                <th scope="col" className="table-wide">
                  changed in all
                </th>
              </>
            )}
            {hasLoads && (
              <th scope="col" className="table-wide">
                Apart: loads
              </th>
            )}
            <th scope="col">The heat was</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <Day
              key={day.from}
              site={site}
              day={day}
              has={{ carbon: hasCarbon, sun: hasSun, loads: hasLoads, jobs: hasJobs }}
            />
          ))}
        </tbody>
      </table>
      <p className="history-note">
        Heat’s worth is what {data.heatInstead} would have taken for the heat that was wanted; heat above that
        is worth nothing. The ledgers of carbon answer different questions and are never netted.
        {hasSun && ` ${sunWords}`}
        {hasLoads && " What loads drew is in none of that: they heat nothing."}
        {data.capital && ` ${capitalWords(data.capital)}`}
        {hasCarbon && ` ${marginalWords(days)}`}
      </p>
    </Card>
  );
}

const sunWords =
  "What your photovoltaics left over costs what the grid would have paid for it, and emits what they do.";

/** What the heaters cost to buy, which is in no column. */
function capitalWords({ price, depreciationPerYear, told, heaters }: NonNullable<Ledger["capital"]>): string {
  const whose = told === heaters ? "The heaters" : `The ${told} of ${heaters} heaters whose price is told`;
  return `${whose} cost ${money(price)} to buy and lose ${money(depreciationPerYear)} of it a year, which is in none of the columns.`;
}

interface DayProps {
  readonly site: Site;
  readonly day: LedgerSum;
  /** Columns that not every site has. */
  readonly has: Readonly<Record<"carbon" | "sun" | "loads" | "jobs", boolean>>;
}

/** A day; its name opens its quarter-hours. */
function Day({ site, day, has }: DayProps) {
  const [isOpen, setOpen] = useState(false);
  const Mark = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <>
      <tr>
        <th scope="row">
          <button type="button" className="days-open" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <Mark size={16} aria-hidden="true" />
            {dayWords(Date.parse(day.from), Date.parse(site.now), site.timezone)}
          </button>
        </th>
        <td className="table-wide">{plain(day.energyKwh, 1, "kWh")}</td>
        {has.sun && <td className="table-wide">{plain(day.solarKwh, 1, "kWh")}</td>}
        <td>{money(day.cost)}</td>
        {has.jobs ? (
          <>
            <td>{money(minedOf(day))}</td>
            <td>{money(day.jobRevenue)}</td>
          </>
        ) : (
          <td>{money(day.revenue)}</td>
        )}
        <td>{money(day.heatValue)}</td>
        <td className="table-wide">{money(day.heatPumpCost)}</td>
        {has.carbon && (
          <>
            <td className="table-wide">{plain(day.carbonKg?.used ?? null, 1, "kg")}</td>
            <td className="table-wide">{plain(day.carbonKg?.displaced ?? null, 1, "kg")}</td>
            <td className="table-wide">{plain(day.carbonKg?.consequential ?? null, 1, "kg")}</td>
          </>
        )}
        {has.loads && <td className="table-wide">{loadsWords(day)}</td>}
        <td>{levelWords(day)}</td>
      </tr>
      {isOpen && (
        <tr>
          <td
            colSpan={7 + (has.carbon ? 3 : 0) + (has.sun ? 1 : 0) + (has.loads ? 1 : 0) + (has.jobs ? 1 : 0)}
            className="days-opened"
          >
            <DayIntervals site={site} day={day} />
          </td>
        </tr>
      )}
    </>
  );
}
