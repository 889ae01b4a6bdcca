import { count, price } from "../../format.ts";
import { Card } from "../../shell/Card.tsx";
import { dayAndMonth } from "../../siteTime.ts";
import type { Provider } from "../api.ts";
import { useShownNetwork } from "../shell/networkContext.ts";
import { uptimeOf } from "./providerWords.ts";
import "../../shell/table.css";

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** What it earned and how long it was connected, day by day. */
export function Days({ provider: { days, joinedAt } }: { readonly provider: Provider }) {
  const now = Date.parse(useShownNetwork().at);
  const most = Math.max(...days.map(({ earned }) => Number(earned.amount)), 0);
  const hasAny = days.some(({ tasks, connectedSeconds }) => tasks > 0 || connectedSeconds > 0);
  const shown = days
    .toReversed()
    .filter(({ tasks, failed, wrong, connectedSeconds }, at) =>
      at === 0 ? true : tasks + failed + wrong + connectedSeconds > 0,
    );
  return (
    <Card title="Day by day" aside={<p className="card-note">the last {days.length} days, UTC</p>}>
      <ol className="day-bars" aria-hidden="true">
        {days.map((day) => (
          <li key={day.from}>
            <span
              className="day-bar"
              style={{ height: `${most === 0 ? 0 : (Number(day.earned.amount) / most) * 100}%` }}
            />
            <span className="day-uptime" style={{ opacity: 0.12 + 0.88 * uptimeOf(day, joinedAt, now) }} />
          </li>
        ))}
      </ol>
      <p className="note day-legend">
        Bars are what it earned; the line under them is the darker, the longer it was connected.
      </p>
      {!hasAny && (
        <p className="note">Nothing is known of these days yet: who is connected is noted each minute.</p>
      )}
      {hasAny && (
        <table className="table figures-table">
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Tasks</th>
              <th scope="col">Earned</th>
              <th scope="col">Failed</th>
              <th scope="col">Connected</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((day) => (
              <tr key={day.from}>
                <th scope="row">{dayAndMonth(Date.parse(day.from), "UTC")}</th>
                <td>{count(day.tasks)}</td>
                <td>{price(day.earned)}</td>
                <td>{count(day.failed + day.wrong)}</td>
                <td>{percent(uptimeOf(day, joinedAt, now))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
