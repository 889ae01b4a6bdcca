import type { Me } from "./api.ts";

export type Role = NonNullable<Me["account"]>["roles"][number];

export const roles = ["consumer", "provider", "operator"] as const satisfies readonly Role[];

export const roleWords: Readonly<Record<Role, string>> = {
  consumer: "Consumer",
  provider: "Provider",
  operator: "Operator",
};

/** What somebody in a role does. */
export const roleDeeds: Readonly<Record<Role, string>> = {
  consumer: "has jobs computed",
  provider: "offers machines",
  operator: "runs the exchange",
};
