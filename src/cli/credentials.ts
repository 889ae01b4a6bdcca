import type { Command } from "commander";
import { HearthworkError } from "../domain/index.ts";
import { openCredentialsFile } from "../hearth/index.ts";
import { credentialsRoutes } from "../wire/index.ts";
import { changeData } from "./changeData.ts";
import { readSecret } from "./readSecret.ts";
import { addDataOptions, type DataOptions, say } from "./siteOptions.ts";

interface CredentialsOptions extends DataOptions {
  readonly username?: string;
}

export function addCredentialsCommand(program: Command): void {
  const credentials = program
    .command("credentials")
    .description("Passwords of devices: hearth.yaml names them, a file beside the data holds them.");
  const add = (words: string, description: string) =>
    addDataOptions(credentials.command(words)).description(description);

  add("set <name>", "Enter a password, typed here or piped to stdin.")
    .option("--username <name>", "the user to log in as, where the device has users")
    .addHelpText(
      "after",
      `
Examples:
  hearthwork credentials set miner --username root
  pass show plug | hearthwork credentials set plug

hearth.yaml then says "credentials: miner" at the device. The password is kept in credentials.json in the data
directory, which you alone can read, and shown nowhere.`,
    )
    .action(async (name: string, { data, username, json }: CredentialsOptions) => {
      const password = await readSecret(`Password of ${name}: `);
      const login = username === undefined ? { password } : { username, password };
      await changeData(data, {
        async running(hearth) {
          await hearth.call(credentialsRoutes.setCredentials, { params: { name }, body: login });
        },
        resting: () => openCredentialsFile(data).set(name, login),
      });
      say(json, { name }, `The password of ${name} is kept.`);
    });
  add("list", "Show the names, and no password.").action(({ data, json }: DataOptions) => {
    const kept = openCredentialsFile(data).list();
    const lines = kept.map(
      ({ name, username }) => `${name}${username === undefined ? "" : `  as ${username}`}`,
    );
    say(json, { credentials: kept }, lines.join("\n") || "No credentials are kept.");
  });
  add("remove <name>", "Forget a password.").action(async (name: string, { data, json }: DataOptions) => {
    await changeData(data, {
      async running(hearth) {
        await hearth.call(credentialsRoutes.removeCredentials, { params: { name } });
      },
      resting() {
        if (!openCredentialsFile(data).remove(name)) throw unknown(name);
      },
    });
    say(json, { name }, `The password of ${name} is forgotten.`);
  });
}

const unknown = (name: string) =>
  new HearthworkError({
    code: "credentials/unknown",
    message: `there are no credentials "${name}"; hearthwork credentials list shows those there are`,
    data: { name },
  });
