import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { answered, api, type Heater, type HeaterDetail } from "../api.ts";
import { sentence, watts } from "../format.ts";
import { Card } from "../shell/Card.tsx";
import {
  changeWords,
  guardWords,
  ownFigureWords,
  powersWords,
  provenanceWords,
  ruleWords,
} from "./heaterWords.ts";

const askEveryMs = 5_000;

/** What a heater can do, where its watts come from, and who keeps it safe. */
export function HeaterAbilities({ heater }: { heater: Heater }) {
  const { data, error } = useQuery({
    queryKey: ["heater", heater.id],
    queryFn: () => answered(api.GET("/api/v1/heaters/{id}", { params: { path: { id: heater.id } } })),
    refetchInterval: askEveryMs,
  });
  return (
    <Card title="What it can do" aside={<p className="card-note">driver {heater.driver}</p>}>
      <dl className="abilities">
        <Ability name="Where its watts come from">
          {provenanceWords[heater.provenance]} {data && ownFigureWords(heater.watts, data.ownWatts)}
        </Ability>
        {data && <Abilities detail={data} />}
        <Ability name="If the hearth fails">
          <IconShieldCheck size={18} aria-hidden="true" className="abilities-shield" />
          {sentence(heater.safeState)}. {data && guardWords(data)}
          {data?.unguarded && <strong className="abilities-bad"> Not now: {data.unguarded}.</strong>}
        </Ability>
        {data && (
          <Ability name="Its rules">
            <ul>
              {ruleWords(data).map((rule) => (
                <li key={rule}>{rule}</li>
              ))}
            </ul>
          </Ability>
        )}
      </dl>
      {error && <p role="alert">{error.message}</p>}
    </Card>
  );
}

function Abilities({ detail }: { detail: HeaterDetail }) {
  const { powers, available, setToWatts, idleWatts, maxWatts, powerReturnWatts, busy } = detail;
  return (
    <>
      <Ability name={powers?.kind === "levels" ? "Levels" : "Range"}>
        {powersWords(powers)}.{available && ` Now only ${powersWords(available)}.`} {changeWords(detail)}
      </Ability>
      {(setToWatts !== null || busy) && (
        <Ability name="Set to, by its own word">
          {setToWatts !== null && (setToWatts === 0 ? "stopped" : watts(setToWatts))}
          {busy && `, and takes no order now: ${busy}`}
        </Ability>
      )}
      <Ability name="Draws">
        {watts(idleWatts)} when stopped, {watts(maxWatts)} at most, {watts(powerReturnWatts)} by itself when
        the mains come back.
      </Ability>
    </>
  );
}

function Ability({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
