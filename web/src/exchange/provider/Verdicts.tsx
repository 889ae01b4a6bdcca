import { price, unknown } from "../../format.ts";
import { Card } from "../../shell/Card.tsx";
import { moment } from "../../siteTime.ts";
import type { Provider } from "../api.ts";
import { failureWords, outcomeWords } from "../job/taskWords.ts";
import { useShownNetwork } from "../shell/networkContext.ts";
import { timezone } from "../timezone.ts";
import "../../shell/table.css";
import "../job/job.css";

/** What became of its last leases. */
export function Verdicts({ provider: { verdicts } }: { readonly provider: Provider }) {
  const now = Date.parse(useShownNetwork().at);
  return (
    <Card title="Its last tasks">
      {verdicts.length === 0 ? (
        <p className="note">It has done nothing in these days. It gets tasks once its price meets a bid.</p>
      ) : (
        <table className="table figures-table">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col" className="table-wide">
                Lease
              </th>
              <th scope="col">Paid</th>
              <th scope="col" data-words>
                It
              </th>
            </tr>
          </thead>
          <tbody>
            {verdicts.map(({ lease, at, state, price: paid, failure, message }) => (
              <tr key={lease}>
                <th scope="row">{moment(Date.parse(at), now, timezone)}</th>
                <td className="table-wide">{lease}</td>
                <td>{state === "accepted" || state === "confirmed" ? price(paid) : unknown}</td>
                <td data-words data-outcome={state}>
                  {outcomeWords[state]} {state === "failed" ? failureWords({ failure, message }) : ""}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
