import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { exchangeDocument } from "../../src/exchange/index.ts";
import { openApiDocument } from "../../src/hearth/index.ts";

const documentSchema = z.object({
  paths: z.record(z.string(), z.unknown()),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});
const namesOf = (document: unknown) => Object.keys(documentSchema.parse(document).components.schemas);
const document = await exchangeDocument();

it("an exchange's OpenAPI document is the one that its pages are typed from (npm run gen writes it anew)", () => {
  const golden: unknown = JSON.parse(
    readFileSync(new URL("../../web/exchange.openapi.json", import.meta.url), "utf8"),
  );
  expect(document).toEqual(golden);
});

it("an exchange's OpenAPI document has its own schemas alone, and a hearth's none of them", async () => {
  const ours = namesOf(document);
  expect(ours).toEqual(expect.arrayContaining(["Job", "JobSpec", "ProviderList", "Money", "Problem"]));
  const shared = namesOf(await openApiDocument()).filter((name) => ours.includes(name));
  expect(shared.toSorted()).toMatchInlineSnapshot(`
    [
      "Login",
      "Money",
      "PasswordChange",
      "Problem",
      "Session",
      "Token",
      "TokenList",
      "TokenRequest",
    ]
  `);
});
