import { type Kysely, sql } from "kysely";
import { Client } from "pg";
import { z } from "zod";
import { idPattern, type JobId } from "../../domain/index.ts";
import type { ExchangeTables } from "./tables.ts";

/** What one replica tells the others at once, that they would find out by themselves within seconds. */
export interface WakeUp {
  /** Who tells it, so that it need not listen to itself. */
  readonly from: string;
  /** Nobody needs to work on these any more. */
  readonly ended: readonly JobId[];
}

const channel = "hearthwork_exchange";
/** A notification carries 8,000 bytes. */
const mostEnded = 200;
const againMs = 2000;
const schema = z.strictObject({
  from: z.string().max(64),
  ended: z.array(z.string().regex(idPattern)).max(mostEnded),
});

/** Tells every replica, this one too. */
export async function tellReplicas(db: Kysely<ExchangeTables>, { from, ended }: WakeUp): Promise<void> {
  const text = JSON.stringify({ from, ended: ended.slice(0, mostEnded) } satisfies WakeUp);
  await sql`select pg_notify(${channel}, ${text})`.execute(db);
}

/**
 * Hears what replicas tell, on a connection of its own, which is opened again when it breaks. What is told meanwhile
 * is lost.
 * @returns resolves once it hears for the first time; call what it gives to stop
 */
export async function hearReplicas(
  url: string,
  hear: (wakeUp: WakeUp) => void,
): Promise<() => Promise<void>> {
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const open = async () => {
    const fresh = new Client({
      connectionString: url,
      keepAlive: true,
      application_name: "hearthwork listener",
    });
    const retry = () => {
      if (client !== fresh || isOver) return;
      client = undefined;
      timer = setTimeout(() => void open(), againMs);
    };
    client = fresh;
    fresh.on("error", retry);
    fresh.on("end", retry);
    fresh.on("notification", ({ payload = "" }) => {
      const parsed = schema.safeParse(jsonOf(payload));
      if (parsed.success) hear({ ...parsed.data, ended: parsed.data.ended.map((id) => id as JobId) });
    });
    try {
      await fresh.connect();
      await fresh.query(`listen ${channel}`);
    } catch {
      retry();
    }
  };
  await open();
  return async () => {
    isOver = true;
    clearTimeout(timer);
    await client?.end().catch(() => {});
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
