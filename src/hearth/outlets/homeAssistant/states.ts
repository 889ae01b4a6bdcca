import type { HeaterView, SinkView, SiteView } from "../../../wire/index.ts";
import type { Names } from "./names.ts";
import { isOff, type PresetPlan, presetOf } from "./presets.ts";

const rounded = (value: number | null, decimals: number) =>
  value === null ? null : Number(value.toFixed(decimals));

/** What each topic of values holds now. Null is Home Assistant's "unknown". */
export function statesOf(
  view: SiteView,
  names: Names,
  planOf: (sinkId: string) => PresetPlan | undefined,
): ReadonlyMap<string, string> {
  return new Map([
    [names.state({ kind: "site" }), JSON.stringify(siteState(view))],
    ...view.sinks.map((sink) => {
      const state = sinkState(sink, view.heaters, planOf(sink.id));
      return [names.state({ kind: "sink", id: sink.id }), JSON.stringify(state)] as const;
    }),
    ...view.heaters.flatMap((heater) => [
      [names.state({ kind: "heater", id: heater.id }), JSON.stringify(heaterState(heater))] as const,
      [names.availability(heater.id), heater.state === "unreachable" ? "offline" : "online"] as const,
    ]),
  ]);
}

const totals = ({ energyKwh, heatKwh, cost }: HeaterView["total"]) => ({
  energyKwh: rounded(energyKwh, 3),
  heatKwh: rounded(heatKwh, 3),
  cost: Number(cost.amount),
});

function siteState({ heaters, total, alarms }: SiteView) {
  const known = heaters.flatMap(({ watts }) => (watts === null ? [] : [watts]));
  return {
    watts:
      known.length === 0
        ? null
        : rounded(
            known.reduce((sum, watts) => sum + watts, 0),
            1,
          ),
    ...totals(total),
    sats: Number(total.sats),
    problem: alarms.length > 0 ? "ON" : "OFF",
    alarms: alarms
      .slice(0, 20)
      .map(({ level, code, subject, message }) => ({ level, code, subject, message })),
  };
}

function sinkState(
  { id, temperatureC, comfort, heatingWatts }: SinkView,
  heaters: readonly HeaterView[],
  plan: PresetPlan | undefined,
) {
  const isHeated = heaters.some((heater) => heater.sinkId === id && heater.setpointWatts > 0);
  const mode = isOff(comfort) ? "off" : "heat";
  return {
    temperatureC: rounded(temperatureC, 1),
    targetC: comfort.targetC,
    mode,
    // Home Assistant's word for a water heater that is on.
    operation: mode === "off" ? "off" : "electric",
    action: isHeated ? "heating" : mode === "off" ? "off" : "idle",
    preset: plan ? presetOf(comfort, plan) : "none",
    heatingWatts: rounded(heatingWatts, 0),
  };
}

function heaterState(heater: HeaterView) {
  return {
    watts: rounded(heater.watts, 1),
    ...totals(heater.total),
    terahashesPerSecond: heater.hashesPerSecond === null ? null : heater.hashesPerSecond / 1e12,
    temperatureC: rounded(heater.temperatureC, 1),
    state: heater.state,
    reason: heater.reason,
    faults: heater.faults,
    wantedWatts: heater.ownerPower?.watts ?? null,
    run: heater.stoppedByOwner ? "OFF" : "ON",
  };
}
