import { expect, it } from "vitest";
import { z } from "zod";
import { openApiDocument } from "../../src/hearth/index.ts";
import { openTestExchange } from "./openTestExchange.ts";

const documentSchema = z.object({
  paths: z.record(z.string(), z.unknown()),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});
const namesOf = (document: unknown) => Object.keys(documentSchema.parse(document).components.schemas);

it("an exchange's OpenAPI document has its own schemas alone, and a hearth's none of them", async () => {
  const exchange = await openTestExchange();
  const document: unknown = await (await fetch(`${exchange.url}/api/openapi.json`)).json();
  await exchange.close();
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
