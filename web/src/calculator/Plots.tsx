import { useState } from "react";
import type { HomeReport } from "../../../src/energy/index.ts";
import {
  breakEvenLegend,
  breakEvenPlot,
  carbonPlots,
  comfortPlots,
  durationPlot,
  figure,
  highestHashprice,
  monthlyPlot,
  styleOf,
  systemLegend,
} from "../../../src/lab/browser.ts";

/** The study's plots: drawn as text by its own code, which escapes what it is given. */
export function Plots({ report }: { report: HomeReport }) {
  const { systems, currency } = report;
  return (
    <div className="calculator-plots">
      <section>
        <h3>Side by side</h3>
        <Table report={report} />
      </section>
      {report.planning !== null && (
        <section>
          <h3>Planned a day ahead</h3>
          <p className="calculator-note">
            What planning saves of the net cost; below zero it loses. The last level is beside a heat pump
            that is planned, too.
          </p>
          <PlannedTable report={report} />
        </section>
      )}
      <section>
        <h3>Net cost by month</h3>
        <p className="calculator-note">Energy less what computing earns, {currency}.</p>
        <Drawn svg={monthlyPlot(systems, currency) + systemLegend(systems)} />
      </section>
      <BreakEven key={report.breakEven.hashpricePerPhDay} report={report} />
      <section>
        <h3>Electric power through the year</h3>
        <p className="calculator-note">For how much of the year it is at least that high.</p>
        <Drawn svg={durationPlot(systems) + systemLegend(systems)} />
      </section>
      <section>
        <h3>Comfort</h3>
        <p className="calculator-note">Kelvin-hours of the year, beyond half a kelvin from what is wanted.</p>
        <Drawn svg={comfortPlots(systems)} className="bars" />
      </section>
      <section>
        <h3>Carbon</h3>
        <p className="calculator-note">
          Three ledgers, kg CO₂e of the year. They answer different questions and are never netted.
        </p>
        <Drawn svg={carbonPlots(systems, report.heatInstead)} className="bars" />
      </section>
    </div>
  );
}

const Drawn = ({ svg, className = "" }: { svg: string; className?: string }) => (
  <div className={`drawn ${className}`} dangerouslySetInnerHTML={{ __html: svg }} />
);

function BreakEven({ report }: { report: HomeReport }) {
  const { breakEven, currency } = report;
  const [hashprice, setHashprice] = useState(breakEven.hashpricePerPhDay);
  return (
    <section>
      <h3>Where it breaks even</h3>
      <p className="calculator-note">
        With {figure(breakEven.usefulShare * 100)} % of the heater’s energy useful, and a heat pump that gives{" "}
        {figure(breakEven.seasonalPerformance, 1)} times its electricity.
      </p>
      <label className="calculator-slider">
        Hashprice {figure(hashprice)} {currency} per PH/s and day
        <input
          type="range"
          min={0}
          max={highestHashprice(breakEven)}
          step={1}
          value={hashprice}
          onChange={(event) => setHashprice(Number(event.currentTarget.value))}
        />
      </label>
      <Drawn svg={breakEvenPlot(report, hashprice).svg + breakEvenLegend()} />
    </section>
  );
}

const yesOrNo = (holds: boolean | undefined) => (holds === undefined ? "–" : holds ? "yes" : "no");

function PlannedTable({ report: { systems, currency } }: { report: HomeReport }) {
  return (
    <table className="calculator-table">
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden">Heated by</span>
          </th>
          <th scope="col">Net, {currency}</th>
          <th scope="col">Saved, {currency}</th>
          <th scope="col" className="calculator-wide">
            Missed 60 °C
          </th>
          <th scope="col" className="calculator-wide">
            Days on rules
          </th>
          <th scope="col">Truly zero</th>
          <th scope="col">Zero after heat</th>
          <th scope="col">Beats a heat pump</th>
        </tr>
      </thead>
      <tbody>
        {systems.map(
          ({ system, planned }) =>
            planned && (
              <tr key={system}>
                <th scope="row">{styleOf(system).name}</th>
                <td>{figure(Number(planned.money.netCost))}</td>
                <td>{figure(Number(planned.saved))}</td>
                <td className="calculator-wide">{figure(planned.comfort.missedDisinfections)}</td>
                <td className="calculator-wide">{figure(planned.plans.daysOnRules)}</td>
                <td>{yesOrNo(planned.levels?.energyIsFree)}</td>
                <td>{yesOrNo(planned.levels?.freeAfterHeat)}</td>
                <td>{yesOrNo(planned.levels?.beatsHeatPump)}</td>
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}

function Table({ report: { systems, currency } }: { report: HomeReport }) {
  return (
    <table className="calculator-table">
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden">Heated by</span>
          </th>
          <th scope="col" className="calculator-wide">
            Cost, {currency}
          </th>
          <th scope="col" className="calculator-wide">
            Revenue, {currency}
          </th>
          <th scope="col">Net, {currency}</th>
          <th scope="col" className="calculator-wide">
            Devices, {currency} a year
          </th>
          <th scope="col" className="calculator-wide">
            Missed 60 °C
          </th>
          <th scope="col">Truly zero</th>
          <th scope="col">Zero after heat</th>
          <th scope="col">Beats a heat pump</th>
        </tr>
      </thead>
      <tbody>
        {systems.map(({ system, money, comfort, levels }) => (
          <tr key={system}>
            <th scope="row">{styleOf(system).name}</th>
            <td className="calculator-wide">{figure(Number(money.cost))}</td>
            <td className="calculator-wide">{figure(Number(money.revenue))}</td>
            <td>{figure(Number(money.netCost))}</td>
            <td className="calculator-wide">{figure(Number(money.depreciation))}</td>
            <td className="calculator-wide">{figure(comfort.missedDisinfections)}</td>
            <td>{yesOrNo(levels?.energyIsFree)}</td>
            <td>{yesOrNo(levels?.freeAfterHeat)}</td>
            <td>{yesOrNo(levels?.beatsHeatPump)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
