import { Button } from "@mantine/core";
import { useState } from "react";
import type { Plan, PlanStatus, Site } from "../api.ts";
import { money, plain, sentence } from "../format.ts";
import { LoadsCard } from "../home/LoadsCard.tsx";
import { Card } from "../shell/Card.tsx";
import { Page } from "../shell/Page.tsx";
import { useShownSite } from "../shell/siteContext.ts";
import { clockTime, moment } from "../siteTime.ts";
import { PlanChart } from "./PlanChart.tsx";
import { TurnOn } from "./TurnOn.tsx";
import { usePlan } from "./usePlan.ts";
import { WhatIf } from "./WhatIf.tsx";
import "../shell/log.css";
import "./plan.css";

/** The next day as it is planned, beside what happened; and as it would be if something were otherwise. */
export function PlanPage() {
  const site = useShownSite();
  const { data: status, error } = usePlan(site);
  const [supposed, suppose] = useState<Plan>();
  return (
    <Page title="Plan">
      {error && !status && (
        <p className="card" role="alert">
          {error.message}
        </p>
      )}
      {status && !status.isOn && <TurnOn />}
      {status?.isOn && !status.plan && (
        <p className="card">
          {status.trouble ? `There is no plan: ${status.trouble}.` : "The first plan is being made."}
        </p>
      )}
      {status?.isOn && status.plan && (
        <>
          <Card
            title={supposed ? "What if" : "The day ahead"}
            aside={<PlanChip plan={supposed ?? status.plan} isSupposed={supposed !== undefined} />}
          >
            <PlanTotals plan={supposed ?? status.plan} />
            <PlanChart site={site} plan={supposed ?? status.plan} />
          </Card>
          <div className="plan-columns">
            <Runs site={site} plan={supposed ?? status.plan} />
            <div className="column">
              <WhatIf site={site} plan={status.plan} supposed={supposed} onSuppose={suppose} />
              <LoadsCard site={site} />
              <Control site={site} status={status} />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}

const originWords: Readonly<Record<Plan["origin"], string>> = {
  proven: "Proven",
  "best in time": "Best found in time",
  rules: "By plain rules",
};

function PlanChip({ plan, isSupposed }: { plan: Plan; isSupposed: boolean }) {
  return (
    <p className="chip" data-tone={isSupposed ? "warn" : plan.origin === "proven" ? "calm" : "warn"}>
      {isSupposed ? "Not followed" : originWords[plan.origin]}
    </p>
  );
}

function PlanTotals({ plan }: { plan: Plan }) {
  return (
    <dl className="plan-totals">
      <div>
        <dt>Energy</dt>
        <dd>{money(plan.energyCost)}</dd>
      </div>
      <div>
        <dt>After earnings</dt>
        <dd>{money(plan.netCost)}</dd>
      </div>
      <div>
        <dt>Too cold or too warm</dt>
        <dd>{plain(plan.discomfortKelvinHours, 1, "K·h")}</dd>
      </div>
    </dl>
  );
}

const firstShown = 8;

/** When each heater runs, and why. */
function Runs({ site, plan }: { site: Site; plan: Plan }) {
  const now = Date.parse(site.now);
  const [isWhole, showWhole] = useState(false);
  const ahead = plan.explanations.filter(({ until }) => Date.parse(until) > now);
  const shown = isWhole ? ahead : ahead.slice(0, firstShown);
  return (
    <Card title="What it does, and why" className="log">
      {ahead.length === 0 ? (
        <p className="log-none">No heater has to run.</p>
      ) : (
        <ol>
          {shown.map(({ heaterId, from, words }) => (
            <li key={`${heaterId} ${from}`}>
              <time dateTime={from}>{moment(Date.parse(from), now, site.timezone)}</time>
              <span>{sentence(words)}</span>
            </li>
          ))}
        </ol>
      )}
      {shown.length < ahead.length && (
        <Button variant="subtle" onClick={() => showWhole(true)}>
          Show all {ahead.length}
        </Button>
      )}
      <p className="plan-note">
        Made at {clockTime(Date.parse(plan.madeAt), site.timezone)} in {plain(plan.seconds, 1, "s")}
        {plan.gap !== null && `, within ${plain(plan.gap * 100, 1)} % of the best that can be`}
        {plan.reason && `: ${plan.reason}`}.
      </p>
    </Card>
  );
}

/** Whether the rooms follow the plan. */
function Control({ site, status }: { site: Site; status: PlanStatus }) {
  return (
    <Card title="Who controls">
      <ul className="plan-rooms">
        {status.sinks.map(({ id, follows, words }) => (
          <li key={id}>
            <strong>{site.sinks.find((sink) => sink.id === id)?.name ?? id}</strong>{" "}
            <span className="chip" data-tone={follows ? "calm" : "warn"}>
              {follows ? "follows the plan" : "by its thermostat"}
            </span>
            <p>{sentence(words)}.</p>
          </li>
        ))}
      </ul>
      <p className="plan-note">
        A plan acts only within a room’s comfort, and only while its model foresees well. The thermostat and
        every limit stand beneath it.
      </p>
      {status.trouble && <p role="alert">{sentence(status.trouble)}.</p>}
    </Card>
  );
}
