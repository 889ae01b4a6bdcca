import { z } from "zod";
import type { Field, Json } from "../../wire/index.ts";
import { isSecretKey } from "../config/withheld.ts";

/** The part of JSON Schema that zod writes for what a file may say. */
interface Shape {
  readonly type?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
}

/** The keys that a section's schema takes, so that a form can be drawn. */
export function fieldsOf(schema: z.ZodType): Field[] {
  return fieldsIn(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape);
}

function fieldsIn(shape: Shape): Field[] {
  const { properties = {}, required = [] } = unionOf(shape);
  return Object.entries(properties).map(([key, one]) => fieldOf(key, one, required.includes(key)));
}

function fieldOf(key: string, written: Shape, required: boolean): Field {
  const shape = unionOf(written);
  const kind = kindOf(shape);
  const values = shape.enum ?? (shape.const === undefined ? [] : [shape.const]);
  return {
    key,
    kind,
    description: written.description ?? shape.description ?? "",
    required: required && written.default === undefined,
    secret: isSecretKey(key),
    default: written.default ?? shape.default ?? null,
    min: shape.minimum ?? shape.exclusiveMinimum ?? null,
    max: shape.maximum ?? null,
    options: values.map(String),
    fields: kind === "section" ? fieldsIn(shape) : shape.items ? [fieldOf("", shape.items, true)] : [],
  };
}

function kindOf({ type, properties, enum: values, const: value }: Shape): Field["kind"] {
  if (values || value !== undefined) return "choice";
  if (type === "array") return "list";
  if (type === "object" || properties) return "section";
  if (type === "number" || type === "integer") return "number";
  return type === "boolean" ? "switch" : "text";
}

/** Alternatives as one: sections have the keys of all, and those are required that all require. */
function unionOf(shape: Shape): Shape {
  const options = (shape.anyOf ?? shape.oneOf ?? shape.allOf)?.map(unionOf);
  const [first] = options ?? [];
  if (!options || !first) return shape;
  if (!options.every(({ properties }) => properties)) {
    return options.every(({ type }) => type === first.type) ? { ...first, ...shape } : shape;
  }
  const properties: Record<string, Shape> = {};
  for (const option of options) {
    for (const [key, one] of Object.entries(option.properties ?? {})) {
      const before = properties[key];
      properties[key] = before ? eitherOf(before, one) : one;
    }
  }
  const required = Object.keys(properties).filter((key) =>
    options.every((option) => option.required?.includes(key)),
  );
  return { ...shape, type: "object", properties, required };
}

function eitherOf(one: Shape, other: Shape): Shape {
  const values = [one, other].flatMap(
    (shape) => shape.enum ?? (shape.const === undefined ? [] : [shape.const]),
  );
  const { const: _one, ...rest } = one;
  return values.length > 0 ? { ...rest, enum: [...new Set(values)] } : one;
}
