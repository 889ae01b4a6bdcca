import { Link } from "@tanstack/react-router";
import { price } from "../../format.ts";
import { moment } from "../../siteTime.ts";
import { addresses } from "../addresses.ts";
import type { ConsumerAccount } from "../api.ts";
import { useShownNetwork } from "../shell/networkContext.ts";
import { timezone } from "../timezone.ts";
import { causeWords } from "./moneyWords.ts";
import "../jobs/jobs.css";
import "../job/job.css";

interface LinesProps {
  readonly id: string;
  readonly lines: ConsumerAccount["lines"];
}

/** What came to an account and left it. */
export function Lines({ id, lines }: LinesProps) {
  const now = Date.parse(useShownNetwork().at);
  if (lines.length === 0) {
    return (
      <div className="empty-words">
        <p>Nothing has moved this account yet. The exchange’s operator notes money that was taken in:</p>
        <pre className="command">hearthwork consumer deposit {id} 10</pre>
      </div>
    );
  }
  return (
    <table className="table figures-table">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col" data-words>
            What
          </th>
          <th scope="col">Amount</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const { words, job } = causeWords(line);
          const isIn = !line.amount.amount.startsWith("-");
          return (
            <tr key={line.id}>
              <th scope="row">{moment(Date.parse(line.at), now, timezone)}</th>
              <td data-words>
                {words}
                {job !== undefined && (
                  <Link className="job-note" to={addresses.job(job)}>
                    {job}
                  </Link>
                )}
              </td>
              <td>
                {isIn && "+"}
                {price(line.amount)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
