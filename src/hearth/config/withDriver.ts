import { z } from "zod";
import { allowedAt, leavesOf } from "./yamlFile.ts";

const driven = "driver" as const;

/** An entry that a driver completes: the keys in `shape` are ours, the others are the named driver's. */
export function withDriver<Shape extends z.ZodRawShape, Definition extends { readonly config: z.ZodType }>(
  shape: Shape,
  definitions: Readonly<Record<string, Definition>>,
) {
  const names = Object.keys(definitions) as [string, ...string[]];
  const ours = z.object({ ...shape, [driven]: z.enum(names) });
  const ourKeys = Object.keys(ours.shape);
  return z.looseObject({}).transform((entry, issues) => {
    const parsed = ours.safeParse(entry, { error: allowedAt });
    const definition = definitions[String(entry[driven])];
    const rest = Object.fromEntries(Object.entries(entry).filter(([key]) => !ourKeys.includes(key)));
    const parsedRest = definition?.config.safeParse(rest, {
      error: (issue) => {
        const text = allowedAt(issue);
        const isEntryItself = issue.code === "unrecognized_keys" && (issue.path?.length ?? 0) === 0;
        return isEntryItself ? `${text}, ${ourKeys.join(", ")}` : text;
      },
    });
    for (const issue of [...(parsed.error?.issues ?? []), ...(parsedRest?.error?.issues ?? [])]) {
      for (const { path, message } of leavesOf(issue)) {
        issues.issues.push({ code: "custom", path: [...path], message, input: entry });
      }
    }
    if (!parsed.success || !definition || !parsedRest?.success) return z.NEVER;
    return { ours: parsed.data, definition, driverConfig: parsedRest.data };
  });
}
