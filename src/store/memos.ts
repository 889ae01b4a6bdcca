import type { Database } from "./database.ts";
import type { Json } from "./store.ts";

export async function remember({ db }: Database, name: string, value: Json): Promise<void> {
  if (value === null) {
    await db.deleteFrom("memo").where("name", "=", name).execute();
    return;
  }
  const content = JSON.stringify(value);
  await db
    .insertInto("memo")
    .values({ name, content })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ content }))
    .execute();
}

export async function recall({ db }: Database, name: string): Promise<Json> {
  const row = await db.selectFrom("memo").select("content").where("name", "=", name).executeTakeFirst();
  try {
    return row ? (JSON.parse(row.content) as Json) : null;
  } catch {
    return null;
  }
}
