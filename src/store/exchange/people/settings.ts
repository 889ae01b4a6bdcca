import { type Kysely } from "kysely";
import type { ExchangeTables } from "../tables.ts";

type Db = Kysely<ExchangeTables>;

/** Whether whoever comes may open an account. */
export async function isSignUpOpen(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom("setting")
    .select("content")
    .where("name", "=", "open-sign-up")
    .executeTakeFirst();
  return row?.content === "yes";
}

export async function setSignUpOpen(db: Db, isOpen: boolean): Promise<void> {
  const content = isOpen ? "yes" : "no";
  await db
    .insertInto("setting")
    .values({ name: "open-sign-up", content })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ content }))
    .execute();
}
