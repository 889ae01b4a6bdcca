import type { AlarmTestView, OutletView } from "../../wire/index.ts";
import type { SiteService } from "../siteService.ts";
import type { SiteSetup } from "../siteSetup.ts";
import type { OutletsConfig } from "../config/outletsConfig.ts";
import { type AlarmOutlet, openAlarmOutlet } from "./alarms/alarmOutlet.ts";
import { mqttAlarms } from "./alarms/mqttAlarms.ts";
import { webhook } from "./alarms/webhook.ts";
import type { CommandedSite } from "./homeAssistant/carryOut.ts";
import { openHomeAssistant } from "./homeAssistant/homeAssistant.ts";
import { type Places, recallPlaces } from "./homeAssistant/places.ts";
import { sweep } from "./homeAssistant/sweep.ts";
import type { Outlet, OutletContext } from "./outlet.ts";

export interface Outlets {
  status(): readonly OutletView[];
  /** Sends a test on each way on which alarms leave the house. */
  testAlarms(): Promise<AlarmTestView>;
  /** Lets go of all; ends within seconds. */
  close(): Promise<void>;
}

/** The part of a site's setup that is about outlets. */
export type OutletSetup = Pick<SiteSetup, "name" | "control" | "outlets" | "sinks" | "heaters">;

/** Opens what the configuration names and keeps it told; `control` gives what is in force. */
export async function openOutlets(
  setup: OutletSetup,
  control: () => SiteSetup["control"],
  site: CommandedSite & Pick<SiteService, "onChange">,
  context: OutletContext,
): Promise<Outlets> {
  const config = setup.outlets ?? {};
  const [places, alarmPlaces] = await Promise.all([
    recallPlaces(context, "home-assistant"),
    recallPlaces(context, "mqtt-alarms"),
  ]);
  const homeAssistant =
    config.homeAssistant &&
    openHomeAssistant({ config: config.homeAssistant, site, control, context, places });
  const endSweeps = places
    .all()
    .filter(({ broker }) => broker !== config.homeAssistant?.broker)
    .map((place) =>
      sweep(place, context, () => {
        void places.forget(place.broker);
        // The place may be the same broker by another name.
        homeAssistant?.again();
      }),
    );
  const endAlarmSweeps = alarmPlaces
    .all()
    .filter(({ broker }) => broker !== config.alarms?.mqtt?.broker)
    .map((place) => sweep(place, context, () => void alarmPlaces.forget(place.broker)));
  const alarms = await openAlarmOutlets(config, setup.name, context, alarmPlaces);
  const outlets: readonly Outlet[] = [...(homeAssistant ? [homeAssistant] : []), ...alarms];
  let testing: Promise<AlarmTestView> | undefined;
  const leave = outlets.map((outlet) => site.onChange((view) => outlet.update(view)));
  return {
    status: () => outlets.map((outlet) => ({ name: outlet.name, trouble: outlet.trouble() ?? null })),
    testAlarms() {
      testing ??= test(alarms).finally(() => {
        testing = undefined;
      });
      return testing;
    },
    async close() {
      for (const end of leave) end();
      await Promise.allSettled([
        ...outlets.map((outlet) => outlet.close()),
        ...[...endSweeps, ...endAlarmSweeps].map((end) => end()),
      ]);
    },
  };
}

const testWithinMs = 12_000;

async function test(alarms: readonly AlarmOutlet[]): Promise<AlarmTestView> {
  const signal = AbortSignal.timeout(testWithinMs);
  const ways = alarms.map(async (outlet) => {
    const delivery = await outlet.test(signal);
    return { name: outlet.name, trouble: delivery.outcome === "delivered" ? null : delivery.why };
  });
  return { ways: await Promise.all(ways) };
}

async function openAlarmOutlets(
  { alarms }: OutletsConfig,
  siteName: string,
  context: OutletContext,
  places: Places,
): Promise<readonly AlarmOutlet[]> {
  if (!alarms) return [];
  const { level, mqtt, webhook: hook } = alarms;
  const outlets: Promise<AlarmOutlet>[] = [];
  if (mqtt) {
    const way = (retry: () => void) => mqttAlarms(mqtt, context, places, retry);
    outlets.push(openAlarmOutlet({ name: "mqtt-alarms", level, way, context }));
  }
  if (hook) {
    const way = () => webhook(hook, siteName, context);
    outlets.push(openAlarmOutlet({ name: "webhook", level, way, context }));
  }
  return Promise.all(outlets);
}
