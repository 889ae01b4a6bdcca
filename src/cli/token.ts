import { type Command, Option } from "commander";
import { HearthworkError, hostClock } from "../domain/index.ts";
import { openSiteAccess } from "../hearth/index.ts";
import { accessRoutes } from "../wire/index.ts";
import { changeData } from "./changeData.ts";
import { addDataOptions, type DataOptions, say } from "./siteOptions.ts";

interface CreateOptions extends DataOptions {
  readonly scope: "read" | "control";
}

const atRest = (data: string) => openSiteAccess(data, { clock: hostClock(globalThis) });

export function addTokenCommand(program: Command): void {
  const token = program
    .command("token")
    .description("Ways in for programs, such as Home Assistant, Prometheus or a script.");

  addDataOptions(token.command("create <name>"))
    .description("Make a token and print it, this once.")
    .addOption(
      new Option(
        "--scope <scope>",
        "read: look at everything but secrets; control: also what the home page does",
      )
        .choices(["read", "control"])
        .default("read"),
    )
    .addHelpText(
      "after",
      `
Examples:
  hearthwork token create prometheus
  hearthwork token create home-assistant --scope control

A program sends it with each request, as the header Authorization: Bearer TOKEN.`,
    )
    .action(async (name: string, { data, scope, json }: CreateOptions) => {
      const made = await changeData(data, {
        running: async (hearth) =>
          (await hearth.call(accessRoutes.createToken, { body: { name, scope } })).token,
        resting: () => atRest(data).createToken(name, scope),
      });
      say(json, { name, scope, token: made }, made);
    });

  addDataOptions(token.command("list"))
    .description("Show the names and what each may do, and no token.")
    .action(({ data, json }: DataOptions) => {
      const tokens = atRest(data)
        .tokens.kept()
        .map(({ name, scope, createdAt }) => ({ name, scope, createdAt: new Date(createdAt).toISOString() }));
      const lines = tokens.map(
        ({ name, scope, createdAt }) => `${name}  ${scope}  since ${createdAt.slice(0, 10)}`,
      );
      say(json, { tokens }, lines.join("\n") || "There are no tokens.");
    });

  addDataOptions(token.command("revoke <name>"))
    .description("End a token: what uses it is let in no more.")
    .action(async (name: string, { data, json }: DataOptions) => {
      await changeData(data, {
        async running(hearth) {
          await hearth.call(accessRoutes.revokeToken, { params: { name } });
        },
        resting() {
          if (!atRest(data).tokens.revoke(name)) throw unknown(name);
        },
      });
      say(json, { name }, `The token ${name} counts no more.`);
    });
}

const unknown = (name: string) =>
  new HearthworkError({
    code: "access/unknown-token",
    message: `there is no token "${name}"; hearthwork token list shows those there are`,
    data: { name },
  });
