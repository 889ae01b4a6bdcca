import type { Account } from "../api.ts";

/** What a scope lets a key do. */
export const scopeWords: Readonly<Record<Account["scopes"][number], string>> = {
  "network:read": "see who computes now",
  "artefacts:read": "fetch artefacts",
  "jobs:read": "see jobs and results",
  "jobs:write": "submit and cancel jobs",
  "receipts:read": "read receipts",
  "statements:read": "read statements",
  "providers:read": "see machines",
  "providers:write": "have machines join, revoke them",
  verdicts: "see what was decided on your machines' results, and appeal",
  "providers:vouch": "answer for machines",
  "ledger:read": "see every balance",
  "ledger:write": "note deposits",
  "people:read": "see who has an account",
  "audit:read": "read the audit log",
};
