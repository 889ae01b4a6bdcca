import { expect, it } from "vitest";
import type { SiteView } from "../../wire/index.ts";
import { sampleView } from "../sampleView.suite.ts";
import type { SiteService } from "../siteService.ts";
import { siteMetrics } from "./siteMetrics.ts";

const event = { at: "2026-01-14T12:00:00.000Z", code: "a/b", subject: "study", message: "words" };
const metricsOf = (see: () => SiteView) => {
  const health = () => ({ ok: true, lastTickAgeSeconds: 4.5, message: "the loop runs" });
  return siteMetrics({ view: see, health } as SiteService);
};

it("tells Prometheus all that the guide names", async () => {
  const view: SiteView = {
    ...sampleView(),
    alarms: [
      { ...event, level: "alarm" },
      { ...event, level: "warning" },
      { ...event, level: "warning", subject: "miner" },
    ],
    grid: {
      ...sampleView().grid,
      gramsPerKwh: 210,
      capacity: { peakWatts: 3210.5, of: "site", cost: { amount: "12.842000", currency: "EUR" } },
    },
    outdoor: { temperatureC: 4.5, irradianceWm2: 120 },
    feeds: [
      {
        name: "prices",
        driver: "awattar",
        fetchedAt: "2026-01-14T11:00:00.000Z",
        coveredUntil: null,
        trouble: "it did not answer",
      },
      { name: "weather", driver: "open-meteo", fetchedAt: null, coveredUntil: null, trouble: null },
    ],
    outlets: [
      { name: "home-assistant", trouble: null },
      { name: "webhook", trouble: "nobody answers" },
    ],
  };
  await expect(await metricsOf(() => view).text()).toMatchFileSnapshot("golden/metrics.txt");
});

it("forgets what is there no more, and says nothing of what is not known", async () => {
  let view = sampleView();
  const metrics = metricsOf(() => view);
  await metrics.text();
  view = { ...view, heaters: view.heaters.map((heater) => ({ ...heater, id: "other", watts: null })) };
  const text = await metrics.text();
  expect(text).not.toContain('heater="miner"');
  expect(text).not.toMatch(/power_watts\{/);
  expect(text).toContain('hearthwork_heater_setpoint_watts{heater="other"} 800');
});
