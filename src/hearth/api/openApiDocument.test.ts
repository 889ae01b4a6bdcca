import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openApiDocument } from "./openApiDocument.ts";

interface Document {
  readonly paths: Readonly<Record<string, unknown>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

let document: Document;
beforeAll(async () => {
  document = (await openApiDocument()) as Document;
});

/** Places of schemas that say nothing: `{}`, or an object without properties. */
function emptySchemas(node: unknown, path: string): string[] {
  if (typeof node !== "object" || node === null) return [];
  const entries = Object.entries(node);
  const isSchema = /\/(schema|items|additionalProperties)$|\/properties\/[^/]+$|\/schemas\/[^/]+$/.test(path);
  const isOpenObject = "additionalProperties" in node || "propertyNames" in node;
  const isBareObject = "type" in node && node.type === "object" && !("properties" in node) && !isOpenObject;
  const here = isSchema && (entries.length === 0 || isBareObject) ? [path] : [];
  return [...here, ...entries.flatMap(([key, value]) => emptySchemas(value, `${path}/${key}`))];
}

describe("the OpenAPI document", () => {
  it("is the one that the dashboard's client is made from (npm run gen writes it anew)", () => {
    const golden: unknown = JSON.parse(
      readFileSync(new URL("../../../web/openapi.json", import.meta.url), "utf8"),
    );
    expect(document).toEqual(golden);
  });

  it("has no empty schema but a problem's free data", () => {
    expect(emptySchemas(document, "")).toEqual([
      "/components/schemas/Problem/properties/data/additionalProperties",
    ]);
  });

  it("would find an empty schema", () => {
    expect(emptySchemas({ schemas: { Empty: {}, Bare: { type: "object" } } }, "")).toEqual([
      "/schemas/Empty",
      "/schemas/Bare",
    ]);
  });

  it("sends money as a decimal string", () => {
    expect(document.components.schemas["Money"]).toMatchObject({
      properties: { amount: { type: "string", pattern: expect.stringContaining("\\d{6}") } },
    });
  });

  it("has every route and no other", () => {
    expect(Object.keys(document.paths).toSorted()).toMatchInlineSnapshot(`
      [
        "/api/v1/alarms/test",
        "/api/v1/config",
        "/api/v1/config/check",
        "/api/v1/config/exchange",
        "/api/v1/config/heaters/{id}",
        "/api/v1/config/sinks/{id}",
        "/api/v1/config/sinks/{id}/comfort",
        "/api/v1/config/site",
        "/api/v1/config/undo",
        "/api/v1/credentials",
        "/api/v1/credentials/{name}",
        "/api/v1/decisions",
        "/api/v1/demo/speed",
        "/api/v1/devices/test",
        "/api/v1/drivers",
        "/api/v1/events",
        "/api/v1/forecast",
        "/api/v1/heaters/{id}",
        "/api/v1/heaters/{id}/power",
        "/api/v1/heaters/{id}/resume",
        "/api/v1/heaters/{id}/stop",
        "/api/v1/heaters/{id}/trust",
        "/api/v1/heaters/{id}/try",
        "/api/v1/history",
        "/api/v1/history.csv",
        "/api/v1/ledger",
        "/api/v1/ledger/intervals",
        "/api/v1/ledger/intervals.csv",
        "/api/v1/live",
        "/api/v1/password",
        "/api/v1/plan",
        "/api/v1/plan/what-if",
        "/api/v1/scan",
        "/api/v1/session",
        "/api/v1/sinks/{id}/override",
        "/api/v1/site",
        "/api/v1/tokens",
        "/api/v1/tokens/{name}",
        "/api/v1/virtual-home",
        "/healthz",
      ]
    `);
  });
});
