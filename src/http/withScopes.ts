import type { FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import { scopeOf } from "./access/guardAccess.ts";

type Transform = NonNullable<FastifyDynamicSwaggerOptions["transform"]>;

/** Has each route of a document say what it takes, as `x-scope`. */
export const withScopes =
  (transform: Transform): Transform =>
  (input) => {
    const { schema, url } = transform(input);
    const { method, config } = input.route;
    const scope = scopeOf([method].flat()[0] ?? "", config?.scope);
    // A route may come without a schema, whatever the types say.
    return { url, schema: { ...(schema as typeof schema | undefined), "x-scope": scope } };
  };
