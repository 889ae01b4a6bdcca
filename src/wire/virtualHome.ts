import { z } from "zod";
import { problems } from "./problem.ts";

export const virtualHomeSchema = z
  .object({
    state: z
      .enum(["unavailable", "closed", "opening", "open", "failed"])
      .describe("`unavailable` while a real site runs: there is one home on the page"),
    progress: z.number().min(0).max(1).describe("Of the opening: a week of history is computed first"),
    message: z.string().describe("Why it is unavailable or failed; else empty"),
    canLeave: z.boolean().describe("Whether there is anything else here: a demo is the virtual home alone"),
  })
  .meta({ id: "VirtualHome" });
export type VirtualHomeView = z.infer<typeof virtualHomeSchema>;

const answers = { response: { 200: virtualHomeSchema, ...problems } };

/** A home to look around in before there is a real one. */
export const virtualHomeRoutes = {
  virtualHome: {
    method: "GET",
    url: "/api/v1/virtual-home",
    schema: { summary: "Whether a virtual home is shown", tags: ["virtual home"], ...answers },
  },
  enterVirtualHome: {
    method: "POST",
    url: "/api/v1/virtual-home",
    schema: { summary: "Opens the virtual home; ask for its progress", tags: ["virtual home"], ...answers },
  },
  leaveVirtualHome: {
    method: "DELETE",
    url: "/api/v1/virtual-home",
    schema: { summary: "Closes the virtual home; nothing of it is kept", tags: ["virtual home"], ...answers },
  },
} as const;
