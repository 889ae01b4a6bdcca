type Document = object & { paths?: object; components?: { schemas?: object } };

const reference = /"#\/components\/schemas\/(\w+)"/g;

/** zod's registry holds the schemas of all our servers: a document keeps those that its own routes come to. */
export function withOwnSchemas<D extends Document>(document: D): D {
  const all = new Map(Object.entries(document.components?.schemas ?? {}));
  const own = new Set<string>();
  const follow = (part: unknown) => {
    for (const [, name = ""] of (JSON.stringify(part) ?? "").matchAll(reference)) {
      if (own.has(name)) continue;
      own.add(name);
      follow(all.get(name));
    }
  };
  follow(document.paths);
  const schemas = Object.fromEntries([...all].filter(([name]) => own.has(name)));
  return { ...document, components: { ...document.components, schemas } };
}
