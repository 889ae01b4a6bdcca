import type { Generated } from "kysely";
import type { FailureKind } from "../../jobs/index.ts";
import type { PeopleTables } from "./people/tables.ts";

/** Money comes as text, since a number does not hold it exactly. */
export interface ExchangeTables extends PeopleTables {
  identity: { slot: number; key: string };
  provider: {
    id: string;
    key: string;
    kind: string;
    name: string;
    token_hash: string;
    joined_at: number;
    rest_until: number;
    revoked: boolean;
    streak: Generated<number>;
    wrong: Generated<number>;
    vouched: Generated<boolean>;
    banned: Generated<boolean>;
    machine: Generated<string | null>;
    watts: Generated<number | null>;
    region: Generated<string | null>;
    owner: Generated<string | null>;
  };
  consumer: { id: string; created_at: number };
  job: {
    id: string;
    consumer: string;
    spec: string;
    state: "open" | "done" | "failed" | "cancelled";
    why: string | null;
    created_at: number;
    deadline: number;
    bid: string;
    told: string | null;
    judged: Generated<boolean>;
    tolerant: Generated<boolean>;
  };
  task: {
    id: Generated<number>;
    job: string;
    position: number;
    state: "open" | "done" | "failed";
    missing: number;
    result: number | null;
  };
  lease: {
    id: Generated<number>;
    task: number;
    job: string;
    provider: string;
    price: string;
    made_at: number;
    deadline: number;
    state: "open" | "returned" | "accepted" | "confirmed" | "wrong" | "failed";
    settled: Generated<boolean>;
    returned_at: number | null;
    failure: FailureKind | null;
    message: string | null;
    seconds: number | null;
    digest: string | null;
    output: Uint8Array | null;
    work: string | null;
    source: number | null;
  };
  recheck: {
    lease: number;
    task: number;
    job: string;
    provider: string;
    noted_at: number;
    state: "waiting" | "running" | "right" | "replaced" | "failed";
    again: number | null;
    replacement: number | null;
  };
  appeal: {
    lease: number;
    provider: string;
    noted_at: number;
    state: "running" | "upheld" | "rejected" | "failed";
    again: number;
    deposit: string;
  };
  canary: { slot: number; counted: number };
  receipt: { lease: number; verdict: string; issued_at: number; body: string };
  provider_day: { provider: string; day: number; seconds: number };
  account: { id: string; balance: string };
  posting: {
    id: Generated<number>;
    cause: string;
    at: number;
    debit: string;
    credit: string;
    amount: string;
    folded: Generated<boolean>;
  };
}
