import type { SiteView } from "../wire/index.ts";

const total = { energyKwh: 12.3456, heatKwh: 12, cost: { amount: "3.827136", currency: "EUR" } } as const;

/** A site with one room and one heater in it. */
export const sampleView = (): SiteView => ({
  name: "Home",
  version: "1.2.3",
  now: "2026-01-14T12:00:00.000Z",
  timezone: "Europe/Berlin",
  virtual: null,
  sinks: [
    {
      id: "study",
      name: "Study",
      kind: "room",
      temperatureC: 20.456,
      sensor: "fresh",
      comfort: {
        targetC: 21,
        minC: 5,
        maxC: 25.7,
        bandK: 0.3,
        source: "schedule",
        until: null,
        nextTargetC: null,
      },
      heatingWatts: 812.3,
    },
  ],
  heaters: [
    {
      id: "miner",
      name: "Miner",
      sinkId: "study",
      driver: "this-computer",
      state: "heating",
      workload: "mining",
      watts: 812.34,
      provenance: "metered",
      setpointWatts: 800,
      ownerPower: null,
      maxWatts: 1000,
      trial: { status: "proven", powers: [] },
      hashesPerSecond: 40.5e12,
      temperatureC: 61.23,
      shares: null,
      total,
      stoppedByOwner: false,
      reason: "0.5 °C below target",
      faults: [],
      safeState: "stops",
    },
  ],
  today: {
    since: "2026-01-13T23:00:00.000Z",
    energyKwh: 1,
    heatKwh: 1,
    cost: total.cost,
    sats: "1.000000",
    unmeteredSeconds: 0,
    energyProvenance: "metered",
    verdict: null,
  },
  total: { ...total, sats: "1234.567890" },
  alarms: [],
  outlets: [],
  tick: 1,
});
