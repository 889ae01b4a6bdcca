import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContextOptions, chromium as browsers, type Page } from "playwright-core";

const wide = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

const launchArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A browser that looks at the pages of one of our servers. */
export interface Looker {
  /** Origins that the pages asked anything of. */
  readonly asked: ReadonlySet<string>;
  /** What the pages complained of; a test empties it. */
  readonly mishaps: string[];
  open(path?: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

export async function openLooker(chromium: string, url: string): Promise<Looker> {
  const browser = await browsers.launch({ executablePath: chromium, args: launchArgs });
  const asked = new Set<string>();
  const mishaps: string[] = [];
  return {
    asked,
    mishaps,
    async open(path = "/", options = {}) {
      const context = await browser.newContext({ viewport: wide, locale: "en-GB", ...options });
      const page = await context.newPage();
      page.on("request", (request) => asked.add(new URL(request.url()).origin));
      page.on("pageerror", ({ message }) => mishaps.push(message));
      page.on("console", (message) => {
        if (message.type() === "error") mishaps.push(message.text());
      });
      await page.goto(url + path);
      const login = page.locator("main.login");
      await page.getByRole("navigation", { name: "Pages" }).or(login).first().waitFor();
      return page;
    },
    close: () => browser.close(),
  };
}

/** What axe finds serious on a page: by all its rules, by some alone or by all but some. It has to have looked at something. */
async function seriousFaults(page: Page, { only, but }: { only?: string[]; but?: string[] } = {}) {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (only) axe.withRules(only);
  if (but) axe.disableRules(but);
  const { violations, passes } = await axe.analyze();
  if (passes.length < (only ? 1 : 15)) throw new Error(`axe looked at little: ${passes.length} rules passed`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Colours are the same on a phone, and looking at them is most of what axe does. */
const colours = ["color-contrast"];

/**
 * What is wrong with how a page shows itself: axe's serious findings in light, in dark, where only colours differ, and
 * on a phone; and what does not fit there.
 */
export async function faultsOf(page: Page): Promise<Record<string, readonly string[]>> {
  // A colour on its way to another is none that anybody has to read.
  await page.emulateMedia({ reducedMotion: "reduce" });
  const light = await seriousFaults(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await seriousFaults(page, { only: colours });
  await page.setViewportSize(phone);
  const small = await seriousFaults(page, { but: colours });
  const tooWide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  return { light, dark, phone: small, fit: tooWide > 0 ? [`${tooWide} px wider than the phone`] : [] };
}
