import type { Client } from "pg";
import { expect } from "vitest";

const paid = "state in ('accepted', 'confirmed')";

/** Each task of the only job is done and paid once, checked or not, and the ledger balances. Gives the job's cost. */
export async function expectSoundLedger(database: Client, tasks: number): Promise<number> {
  const number = async (query: string) => Number((await database.query<{ n: string }>(query)).rows[0]?.n);
  expect(await number("select count(*) as n from task where state = 'done'")).toBe(tasks);
  expect(await number("select count(*) as n from lease where state = 'accepted'")).toBe(tasks);
  expect(await number(`select count(*) as n from lease where ${paid}`)).toBe(
    await number("select count(*) as n from posting where cause like 'lease/%'"),
  );
  expect(
    await number(
      `select max(n) as n from (select count(*) as n from lease where ${paid} group by task) as per`,
    ),
  ).toBeLessThanOrEqual(2);
  expect(await number("select count(*) as n from lease where state = 'wrong'")).toBe(0);
  const cost = await number(`select sum(price) as n from lease where ${paid}`);
  expect(await number("select sum(amount) as n from posting where cause ~ '^(lease|hold)/'")).toBe(cost);
  const balances = `select id, sum(amount) as balance from (
    select id, balance as amount from account
    union all select credit, amount from posting where not folded
    union all select debit, -amount from posting where not folded) as part group by id`;
  expect(await number(`select sum(balance) as n from (${balances}) as all_of_them`)).toBe(0);
  expect(
    await number(`select count(*) as n from (${balances}) as one where balance < 0 and id <> 'outside'`),
  ).toBe(0);
  expect(await number(`select sum(balance) as n from (${balances}) as one where id like 'escrow/%'`)).toBe(0);
  return cost;
}
