import { type Command, Option } from "commander";
import { type People, peopleRoutes, type Role, roles } from "../wire/index.ts";
import { addExchangeOptions, exchangeOf, type ExchangeClientOptions } from "./askExchange.ts";
import { readNewPassword } from "./readSecret.ts";
import { say } from "./siteOptions.ts";

interface RolesOptions extends ExchangeClientOptions {
  readonly role: readonly Role[];
}

export function addAccountCommand(program: Command): void {
  const account = program
    .command("account")
    .description("People's accounts at your exchange: who may come in, and what they may do.");

  addExchangeOptions(account.command("list"))
    .description("Show everybody with an account.")
    .action(async (options: ExchangeClientOptions) => {
      const people = await exchangeOf(options).api.call(peopleRoutes.people, {});
      say(options.json, people, listed(people));
    });

  withRoles(account.command("create <name>"))
    .description("Open an account with a password, typed here or piped to stdin.")
    .addHelpText(
      "after",
      `
Examples:
  hearthwork account create alice --role operator     the first account of an exchange on this machine
  hearthwork account create bob --role consumer --role provider`,
    )
    .action(async (id: string, options: RolesOptions) => {
      const password = await readNewPassword(`New password of ${id}: `);
      const people = await exchangeOf(options).api.call(peopleRoutes.createPerson, {
        body: { id, roles: [...options.role], password },
      });
      say(options.json, people, `${id} may sign in, as ${options.role.join(", ")}.`);
    });

  withRoles(account.command("invite"))
    .description("Make an invitation, which opens one account within 7 days, and print its link.")
    .action(async (options: RolesOptions) => {
      const { api } = exchangeOf(options);
      const { token, path } = await api.call(peopleRoutes.invite, { body: { roles: [...options.role] } });
      say(options.json, { token, path }, `${api.url}${path}`);
    });

  withRoles(account.command("roles <name>"))
    .description("Set what an account's holder is.")
    .action(async (id: string, options: RolesOptions) => {
      const people = await exchangeOf(options).api.call(peopleRoutes.changePerson, {
        params: { id },
        body: { roles: [...options.role] },
      });
      say(options.json, people, listed(people));
    });

  addExchangeOptions(account.command("close <name>"))
    .description("Let an account's holder and its keys in no more.")
    .option("--not", "let them in again")
    .action(async (id: string, options: ExchangeClientOptions & { readonly not?: true }) => {
      const people = await exchangeOf(options).api.call(peopleRoutes.changePerson, {
        params: { id },
        body: { isClosed: options.not !== true },
      });
      say(options.json, people, listed(people));
    });
}

const withRoles = (command: Command) =>
  addExchangeOptions(command).addOption(
    new Option("--role <role...>", "what they are; may be repeated")
      .choices([...roles])
      .makeOptionMandatory(),
  );

const listed = ({ people }: People): string =>
  people
    .map(({ id, roles: held, isClosed, createdAt }) =>
      [id, held.join(", ") || "no role", isClosed ? "closed" : `since ${createdAt.slice(0, 10)}`].join("  "),
    )
    .join("\n") || "Nobody has an account yet.";
