import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answered, api, baseUrl, type LedgerIntervals, type LedgerSum, type Site } from "../api.ts";
import { kilowattHours, money, plain } from "../format.ts";
import { clockTime } from "../siteTime.ts";
import { intensityWords } from "./intensityWords.ts";
import { earnedWords } from "./earnedWords.ts";
import { loadsWords } from "./loadsWords.ts";
import { levelWords } from "./levelWords.ts";

const askEveryMs = { virtual: 10_000, real: 60_000 };

/** A day's quarter-hours: what each came to. They add up to the day. */
export function DayIntervals({ site, day }: { site: Site; day: LedgerSum }) {
  const { from, until: to } = day;
  const { data, error } = useQuery({
    queryKey: ["ledger", from],
    queryFn: (): Promise<LedgerIntervals> =>
      answered(api.GET("/api/v1/ledger/intervals", { params: { query: { from, to } } })),
    refetchInterval: site.virtual ? askEveryMs.virtual : askEveryMs.real,
    placeholderData: keepPreviousData,
  });
  if (error && !data) return <p role="alert">{error.message}</p>;
  if (!data) return null;
  const { intervals } = data;
  if (intervals.length === 0) {
    return <p className="history-note">The quarter-hours of this day are not kept: they are for 90 days.</p>;
  }
  const hasCarbon = intervals.some(({ carbonKg }) => carbonKg !== null);
  const hasLoads = intervals.some(({ loads }) => loads !== null);
  const hasSun = intervals.some(({ solarKwh }) => solarKwh !== null);
  const intensity = intensityWords(day);
  return (
    <>
      {intensity !== undefined && (
        <p className="history-note">
          Software Carbon Intensity (ISO/IEC 21031), which displaced heat does not lower: {intensity}.
        </p>
      )}
      {day.forgone && day.solarKwh !== null && day.solarKwh > 0 && (
        <p className="history-note">
          Of the cost {money(day.forgone)} was not paid but forgone: {plain(day.solarKwh, 2, "kWh")} were your
          photovoltaics’, for which the grid would have paid that.
        </p>
      )}
      {day.loads && day.loads.energyKwh > 0 && (
        <p className="history-note">
          Apart from all of this loads drew {plain(day.loads.energyKwh, 2, "kWh")} for {money(day.loads.cost)}
          .
        </p>
      )}
      {day.depreciation && (
        <p className="history-note">
          Apart from all of this the heaters lost {money(day.depreciation)} of what they cost to buy.
        </p>
      )}
      {/* What scrolls is reached with the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="intervals" aria-label="Quarter-hours" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Energy</th>
              {hasSun && (
                <th scope="col" className="table-wide">
                  of it the sun’s
                </th>
              )}
              <th scope="col">Cost</th>
              <th scope="col">Earned</th>
              <th scope="col">Heat’s worth</th>
              <th scope="col" className="table-wide">
                Net cost
              </th>
              {hasCarbon && (
                <th scope="col" className="table-wide">
                  CO₂ used
                </th>
              )}
              {hasLoads && (
                <th scope="col" className="table-wide">
                  Apart: loads
                </th>
              )}
              <th scope="col" className="table-wide">
                The heat was
              </th>
            </tr>
          </thead>
          <tbody>
            {intervals.map((one) => (
              <tr key={one.from}>
                <th scope="row">{clockTime(Date.parse(one.from), site.timezone)}</th>
                <td>{`${kilowattHours(one.energyKwh)} kWh`}</td>
                {hasSun && <td className="table-wide">{plain(one.solarKwh, 3, "kWh")}</td>}
                <td>{money(one.cost)}</td>
                <td>{earnedWords(one)}</td>
                <td>{money(one.heatValue)}</td>
                <td className="table-wide">{money(one.netCost)}</td>
                {hasCarbon && (
                  <td className="table-wide">
                    {plain(one.carbonKg === null ? null : one.carbonKg.used * 1000, 0, "g")}
                  </td>
                )}
                {hasLoads && <td className="table-wide">{loadsWords(one)}</td>}
                <td className="table-wide">{levelWords(one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Button
        component="a"
        href={`${baseUrl}/api/v1/ledger/intervals.csv?${new URLSearchParams({ from, to })}`}
        download
        variant="default"
        size="xs"
        leftSection={<IconDownload size={16} aria-hidden="true" />}
      >
        The day’s quarter-hours as CSV
      </Button>
    </>
  );
}
