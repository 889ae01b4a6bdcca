import { Button, Checkbox, NumberInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answered, api, type Plan, type Site } from "../api.ts";
import { money, plain } from "../format.ts";
import { Card } from "../shell/Card.tsx";
import { Problem } from "../shell/Problem.tsx";

interface WhatIfProps {
  readonly site: Site;
  /** The one that is followed. */
  readonly plan: Plan;
  readonly supposed: Plan | undefined;
  readonly onSuppose: (plan: Plan | undefined) => void;
}

/** Asks for the day as it would be with other wishes or prices; nothing of it is followed. */
export function WhatIf({ site, plan, supposed, onSuppose }: WhatIfProps) {
  const [warmerBy, setWarmer] = useState<number | string>(0);
  const [dearerBy, setDearer] = useState<number | string>(0);
  const [isAway, setAway] = useState(false);
  const coldest = Math.min(...site.sinks.map(({ comfort }) => comfort.minC));
  const ask = useMutation({
    mutationFn: () =>
      answered(
        api.POST("/api/v1/plan/what-if", {
          body: {
            warmerBy: Number(warmerBy),
            priceTimes: 1 + Number(dearerBy) / 100,
            ...(isAway ? { away: { targetC: Math.max(15, coldest), hours: 24 } } : {}),
          },
        }),
      ),
    onSuccess: onSuppose,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <Card title="What if">
      <form className="what-if" onSubmit={submit}>
        <NumberInput
          label="Warmer by"
          suffix=" K"
          decimalScale={1}
          step={0.5}
          min={-5}
          max={5}
          value={warmerBy}
          onChange={setWarmer}
        />
        <NumberInput
          label="Energy dearer by"
          suffix=" %"
          step={10}
          min={-90}
          max={900}
          value={dearerBy}
          onChange={setDearer}
        />
        <Checkbox
          label="Nobody is there, 15 °C are enough"
          checked={isAway}
          onChange={(event) => setAway(event.currentTarget.checked)}
        />
        <div className="what-if-foot">
          {supposed && (
            <Button variant="default" onClick={() => onSuppose(undefined)}>
              Back to the plan
            </Button>
          )}
          <Button type="submit" loading={ask.isPending}>
            See what if
          </Button>
        </div>
      </form>
      {supposed && <Comparison plan={plan} supposed={supposed} />}
      <Problem error={ask.error} onDismiss={ask.reset} />
    </Card>
  );
}

function Comparison({ plan, supposed }: { plan: Plan; supposed: Plan }) {
  const more = Number(supposed.netCost.amount) - Number(plan.netCost.amount);
  const { currency } = plan.netCost;
  const amount = money({ amount: Math.abs(more).toFixed(6), currency });
  return (
    <output className="plan-compared">
      {Math.abs(more) < 0.005
        ? "It would cost about the same"
        : `It would cost ${amount} ${more > 0 ? "more" : "less"}`}{" "}
      over the day: {money(supposed.netCost)} instead of {money(plan.netCost)} after earnings, and be too cold
      or too warm by {plain(supposed.discomfortKelvinHours, 1, "K·h")} instead of{" "}
      {plain(plan.discomfortKelvinHours, 1, "K·h")}.
    </output>
  );
}
