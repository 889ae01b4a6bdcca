import type { Command } from "commander";
import { hostClock } from "../domain/index.ts";
import { openSiteAccess } from "../hearth/index.ts";
import { accessRoutes } from "../wire/index.ts";
import { changeData } from "./changeData.ts";
import { readNewPassword } from "./readSecret.ts";
import { addDataOptions, type DataOptions, say } from "./siteOptions.ts";

export function addPasswordCommand(program: Command): void {
  const password = program
    .command("password")
    .description("The owner's password, which the page and the API then ask for.");
  addDataOptions(password.command("set"))
    .description("Set the owner's password, typed here or piped to stdin; every browser is logged out.")
    .addHelpText(
      "after",
      `
Whoever may read the data directory may set it anew, so a forgotten password is no harm. Only its hash is kept.`,
    )
    .action(async ({ data, json }: DataOptions) => {
      const chosen = await readNewPassword("New password of the owner: ");
      await changeData(data, {
        async running(hearth) {
          await hearth.call(accessRoutes.setPassword, { body: { password: chosen } });
        },
        resting: () => openSiteAccess(data, { clock: hostClock(globalThis) }).setPassword(chosen),
      });
      say(json, { set: true }, "The owner's password is set. Tokens stay as they are: hearthwork token list");
    });
}
