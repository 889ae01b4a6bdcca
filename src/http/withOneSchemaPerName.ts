type Document = object & { components?: { schemas?: object } };

/**
 * zod's JSON schemas come twice, `Name` for answers and `NameInput` for requests. What comes in and what goes out is
 * the same here, so requests refer to `Name` too.
 */
export function withOneSchemaPerName<D extends Document>(document: D): D {
  const text = JSON.stringify(document).replaceAll(
    /"#\/components\/schemas\/(\w+)Input"/g,
    '"#/components/schemas/$1"',
  );
  const rewritten = JSON.parse(text) as D;
  const schemas = Object.entries(rewritten.components?.schemas ?? {});
  return {
    ...rewritten,
    components: {
      ...rewritten.components,
      schemas: Object.fromEntries(schemas.filter(([name]) => !name.endsWith("Input"))),
    },
  };
}
