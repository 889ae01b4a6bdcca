import { z } from "zod";

/** ISO 8601 in UTC, as `Date.prototype.toISOString` writes it. */
export const instant = z.iso.datetime().describe("ISO 8601, UTC");
export const provenance = z.enum(["metered", "reported", "estimated"]);
export const id = z.string().min(1).max(48);
