import { isDeepStrictEqual } from "node:util";
import type { OutletSetup, Outlets } from "./openOutlets.ts";
import { openOutlets } from "./openOutlets.ts";
import type { CommandedSite } from "./homeAssistant/carryOut.ts";
import type { OutletContext } from "./outlet.ts";
import type { SiteService } from "../siteService.ts";

/** The outlets of a site that may be configured anew while it lives. */
export interface SiteOutlets extends Outlets {
  /** Opens what the configuration names. What it says of outlets as before goes on untouched. */
  follow(setup: OutletSetup, site: CommandedSite & Pick<SiteService, "onChange">): Promise<void>;
}

export function siteOutlets(context: OutletContext): SiteOutlets {
  let current: { readonly outlets: Outlets; readonly gist: unknown } | undefined;
  let newest: OutletSetup;
  let changing = Promise.resolve();

  const change: SiteOutlets["follow"] = async (setup, site) => {
    newest = setup;
    const gist = gistOf(setup);
    if (isDeepStrictEqual(gist, current?.gist)) return;
    const before = current?.outlets;
    current = undefined;
    await before?.close();
    current = { gist, outlets: await openOutlets(setup, () => newest.control, site, context) };
  };
  return {
    follow(setup, site) {
      changing = changing.then(() => change(setup, site)).catch((thrown: unknown) => context.onFault(thrown));
      return changing;
    },
    status: () => current?.outlets.status() ?? [],
    testAlarms: async () => (await current?.outlets.testAlarms()) ?? { ways: [] },
    async close() {
      await changing;
      await current?.outlets.close();
    },
  };
}

/** What outlets are made of, and what they describe once and for all. */
const gistOf = ({ name, outlets, control, sinks, heaters }: OutletSetup) => ({
  name,
  outlets,
  sinks: control.sinks.map(({ id, limits, comfort }, index) => {
    return { id, name: sinks[index]?.name, limits, bandK: comfort.bandK };
  }),
  heaters: heaters.map(({ id, name, driverName }) => ({ id, name, driverName })),
});
