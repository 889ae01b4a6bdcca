import { z } from "zod";
import { instant } from "../fields.ts";
import { problems } from "../problem.ts";

const auditEntrySchema = z.object({
  id: z.int(),
  at: instant,
  actor: z.string().describe("An account, or `owner`, `exchange`, or `nobody` who is known"),
  address: z.string().describe("From which it was done"),
  action: z.string().describe("Like `key/create`"),
  subject: z.string().describe("What it was done to"),
  outcome: z.enum(["done", "refused"]),
  detail: z.string(),
});
export type AuditEntryView = z.output<typeof auditEntrySchema>;

export const auditFilterSchema = z.object({
  actor: z.string().max(100).optional(),
  subject: z.string().max(500).optional(),
  action: z.string().max(60).optional().describe("Or what it begins with, like `key/`"),
});

const audit = { config: { scope: "audit:read" } } as const;

/** Who did what at an exchange. */
export const auditRoutes = {
  audit: {
    method: "GET",
    url: "/api/v1/audit",
    ...audit,
    schema: {
      summary: "What people did or tried, the newest first",
      querystring: auditFilterSchema.extend({
        before: z.coerce.number().int().positive().optional().describe("What `next` said"),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
      response: {
        200: z
          .object({ entries: z.array(auditEntrySchema), next: z.int().nullable() })
          .meta({ id: "AuditLog" }),
        ...problems,
      },
    },
  },
  auditFile: {
    method: "GET",
    url: "/api/v1/audit.csv",
    ...audit,
    schema: {
      summary: "The same as a table (RFC 4180), all of it",
      querystring: auditFilterSchema,
      produces: ["text/csv"],
      response: { 200: z.string().describe("CSV as RFC 4180 has it"), ...problems },
    },
  },
} as const;
