import { useQuery } from "@tanstack/react-query";
import { answered } from "../../asking.ts";
import { count, price } from "../../format.ts";
import { Card } from "../../shell/Card.tsx";
import { api, type OrderBook } from "../api.ts";
import { things } from "../network/networkWords.ts";
import { useShownNetwork } from "../shell/networkContext.ts";
import { Page } from "../shell/Page.tsx";
import { BookChart } from "./BookChart.tsx";
import { bookCurves, crossing } from "./bookCurve.ts";
import "../../shell/table.css";
import "./book.css";

const askEveryMs = 2_000;
const classNames = { cpu: "Reference cores" } as const;
const mostShown = 8;

/** What is offered and what waits, by class: price over quantity. */
export function BookPage() {
  const { data, error } = useQuery({
    queryKey: ["book"],
    queryFn: (): Promise<OrderBook> => answered(api.GET("/api/v1/book")),
    refetchInterval: askEveryMs,
  });
  return (
    <Page title="Order book">
      {error && !data && (
        <div className="empty">
          <p role="alert">{error.message}</p>
        </div>
      )}
      {data?.classes.map((one) => (
        <ClassBook key={one.name} {...one} />
      ))}
    </Page>
  );
}

function ClassBook(one: OrderBook["classes"][number]) {
  const { currency } = useShownNetwork();
  const { name, asks, bids } = one;
  const curves = bookCurves(one);
  const begin = crossing(curves);
  const slots = asks.reduce((sum, level) => sum + level.slots, 0);
  const homeSlots = asks.reduce((sum, level) => sum + level.homeSlots, 0);
  const tasks = bids.reduce((sum, level) => sum + level.tasks, 0);
  const words = `${things(slots, "slot is", "slots are")} free, ${count(homeSlots)} of them in homes; ${things(tasks, "task waits", "tasks wait")}`;
  return (
    <Card title={classNames[name]} aside={<p className="card-note">price of an hour over quantity</p>}>
      <p className="book-words">
        {words}
        {begin > 0 && `, of which ${count(begin)} would pay what is asked`}.
      </p>
      <BookChart curves={curves} currency={currency} />
      <ul className="book-legend">
        <li data-of="homes">asked by homes: the less, the more their heat is wanted</li>
        <li data-of="others">asked by others</li>
        <li data-of="bids">bid at most by tasks that wait</li>
      </ul>
      <div className="book-tables">
        <Levels
          title="Cheapest asks"
          unit="Free slots"
          levels={asks.map((level) => ({ at: level.perClassHour, size: level.slots }))}
          empty="Nothing is offered now: every slot is taken, or nobody is here."
        />
        <Levels
          title="Highest bids"
          unit="Tasks"
          levels={bids.map((level) => ({ at: level.perClassHour, size: level.tasks }))}
          empty="No task waits: what was submitted runs or has ended."
        />
      </div>
    </Card>
  );
}

interface LevelsProps {
  readonly title: string;
  readonly unit: string;
  readonly levels: readonly { readonly at: Parameters<typeof price>[0]; readonly size: number }[];
  readonly empty: string;
}

function Levels({ title, unit, levels, empty }: LevelsProps) {
  if (levels.length === 0) {
    return (
      <section>
        <h3 className="book-title">{title}</h3>
        <p className="note">{empty}</p>
      </section>
    );
  }
  const rest = levels.slice(mostShown);
  return (
    <table className="table figures-table">
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{unit}</th>
        </tr>
      </thead>
      <tbody>
        {levels.slice(0, mostShown).map(({ at, size }) => (
          <tr key={at.amount}>
            <th scope="row">{price(at)} an hour</th>
            <td>{count(size)}</td>
          </tr>
        ))}
        {rest.length > 0 && (
          <tr data-none>
            <th scope="row">and {things(rest.length, "price", "prices")} more</th>
            <td>{count(rest.reduce((sum, { size }) => sum + size, 0))}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
