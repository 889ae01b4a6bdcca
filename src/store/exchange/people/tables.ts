import type { Generated } from "kysely";
import type { Right, Role } from "../../../wire/index.ts";

/** Of who may use an exchange, and what they did there. */
export interface PeopleTables {
  person: {
    id: string;
    roles: Role[];
    password: string | null;
    closed: Generated<boolean>;
    created_at: number;
  };
  login: {
    hash: string;
    person: string;
    created_at: number;
    used_at: number;
    address: string;
    agent: string;
  };
  api_key: {
    id: Generated<number>;
    person: string;
    name: string;
    hash: string;
    scopes: Right[];
    created_at: number;
    expires_at: number | null;
    used_at: number | null;
  };
  passkey: {
    id: string;
    person: string;
    name: string;
    public_key: Uint8Array;
    counter: number;
    transports: string[];
    created_at: number;
    used_at: number | null;
  };
  challenge: { hash: string; person: string | null; expires_at: number };
  invitation: {
    id: Generated<number>;
    hash: string;
    roles: Role[];
    made_by: string;
    created_at: number;
    expires_at: number;
    used_by: string | null;
  };
  join_token: { hash: string; person: string; machines: number; expires_at: number };
  setting: { name: string; content: string };
  tries: { subject: string; tries_left: number; at: number };
  audit_entry: {
    id: Generated<number>;
    at: number;
    actor: string;
    address: string;
    action: string;
    subject: string;
    outcome: "done" | "refused";
    detail: string;
  };
}
