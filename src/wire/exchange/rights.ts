/** What a person is to an exchange. */
export const roles = ["consumer", "provider", "operator"] as const;
export type Role = (typeof roles)[number];

/** What may be done at an exchange; each of its routes says which of these it takes. */
export const rights = {
  "network:read": "see who computes now; as operator by name",
  "artefacts:read": "fetch artefacts",
  "jobs:read": "see one's jobs and their results",
  "jobs:write": "send artefacts, submit jobs and cancel them",
  "receipts:read": "read the receipts of one's jobs",
  "statements:read": "read the statements of one's accounts",
  "providers:read": "see one's machines; as operator all",
  "providers:write": "let machines of one's own join, and revoke them; as operator any",
  verdicts: "see what was decided on one's machines' results, and appeal",
  "providers:vouch": "answer for machines",
  "ledger:read": "see every account of the ledger",
  "ledger:write": "note deposits",
  "people:read": "see who has an account",
  "people:write": "invite people, change their roles, close accounts",
  "audit:read": "read the audit log",
  account: "one's own password, passkeys, keys and sessions",
} as const;
export type Right = keyof typeof rights;
export const allRights = Object.keys(rights) as Right[];

const ofRole: Readonly<Record<Role, readonly Right[]>> = {
  consumer: ["artefacts:read", "jobs:read", "jobs:write", "receipts:read", "statements:read"],
  provider: ["providers:read", "providers:write", "verdicts", "statements:read"],
  operator: allRights,
};

/** These take a session: a key that leaks makes no keys, and lets nobody in. */
const ofSessionsAlone: readonly Right[] = ["account", "people:write"];

/** What a key may be made for. */
export const keyScopes = allRights.filter((right) => !ofSessionsAlone.includes(right));

/** Whoever has an account may see the pages that it is on. */
const ofEverybody: readonly Right[] = ["account", "network:read"];

/** What somebody in these roles may do, signed in. */
export const rightsOf = (held: readonly Role[]): ReadonlySet<Right> =>
  new Set<Right>([...ofEverybody, ...held.flatMap((role) => ofRole[role])]);
