import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answered, api, type Ledger, type Site } from "../api.ts";
import { money, plain } from "../format.ts";
import { Card } from "../shell/Card.tsx";
import { dayWords } from "../siteTime.ts";

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
  return (
    <Card title="Day by day">
      <table className="days">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" className="days-wide">
              Energy
            </th>
            <th scope="col">Cost</th>
            <th scope="col">Earned</th>
            <th scope="col">Heat’s worth</th>
            <th scope="col" className="days-wide">
              A heat pump’s cost
            </th>
            {hasCarbon && (
              <>
                <th scope="col" className="days-wide">
                  CO₂ used
                </th>
                <th scope="col" className="days-wide">
                  displaced
                </th>
                <th scope="col" className="days-wide">
                  changed in all
                </th>
              </>
            )}
            <th scope="col">The heat was</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.from}>
              <th scope="row">{dayWords(Date.parse(day.from), Date.parse(site.now), site.timezone)}</th>
              <td className="days-wide">{plain(day.energyKwh, 1, "kWh")}</td>
              <td>{money(day.cost)}</td>
              <td>{money(day.revenue)}</td>
              <td>{money(day.heatValue)}</td>
              <td className="days-wide">{money(day.heatPumpCost)}</td>
              {hasCarbon && (
                <>
                  <td className="days-wide">{plain(day.carbonKg?.used ?? null, 1, "kg")}</td>
                  <td className="days-wide">{plain(day.carbonKg?.displaced ?? null, 1, "kg")}</td>
                  <td className="days-wide">{plain(day.carbonKg?.consequential ?? null, 1, "kg")}</td>
                </>
              )}
              <td>{levelWords(day)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="history-note">
        Heat’s worth is what {data.heatInstead} would have taken for the heat that was wanted; heat above that
        is worth nothing. The ledgers of carbon answer different questions and are never netted.
      </p>
    </Card>
  );
}

function levelWords({
  energyKwh,
  energyIsFree,
  freeAfterHeat,
  beatsHeatPump,
}: Ledger["days"][number]): string {
  if (energyKwh === 0) return "–";
  if (energyIsFree) return "free";
  if (!freeAfterHeat) return beatsHeatPump ? "dear, less so than by a heat pump" : "dear";
  return beatsHeatPump ? "cheaper than by a heat pump" : "free after its worth";
}
