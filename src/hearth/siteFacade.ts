import { HearthworkError } from "../domain/index.ts";
import type { HealthView, SiteView } from "../wire/index.ts";
import type { SiteService } from "./siteService.ts";

export interface SiteFacade {
  /** Whatever it is asked, the site that is shown now is asked; without one, the fault is `site/not-set-up`. */
  readonly site: SiteService;
  /** Shows another site, or none; who listens goes on listening. */
  show(next: SiteService | undefined): void;
}

const notSetUp: HealthView = { ok: true, lastTickAgeSeconds: null, message: "the site is not set up yet" };

/** One site for the API, whichever is behind it: none yet, the real one, or a virtual home. */
export function siteFacade(): SiteFacade {
  let shown: SiteService | undefined;
  let leave = () => {};
  const listeners = new Set<(view: SiteView) => void>();

  const required = () => {
    if (shown) return shown;
    throw new HearthworkError({
      code: "site/not-set-up",
      message: "This site is not set up yet; its page leads you through it",
    });
  };
  const always: Pick<SiteService, "health" | "onChange"> = {
    health: () => shown?.health() ?? notSetUp,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    site: new Proxy({} as SiteService, {
      get: (_target, name) =>
        name in always ? Reflect.get(always, name) : (Reflect.get(required(), name) as unknown),
    }),
    show(next) {
      if (next === shown) return;
      leave();
      shown = next;
      leave = next?.onChange((view) => listeners.forEach((listener) => listener(view))) ?? (() => {});
    },
  };
}
