import { expect, it } from "vitest";
import { withOwnSchemas } from "./withOwnSchemas.ts";

it("keeps the schemas that a document's routes come to, also by way of others, and no other server's", () => {
  const refer = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const document = {
    paths: { "/sites": { get: refer("SiteList") } },
    components: {
      schemas: {
        SiteList: { items: refer("Site") },
        Site: { properties: { next: refer("Site"), money: refer("Money") } },
        Money: { type: "string" },
        JobList: { items: refer("Job") },
        Job: { properties: { cost: refer("Money") } },
      },
    },
  };
  const { paths, components } = withOwnSchemas(document);
  expect(Object.keys(components.schemas)).toEqual(["SiteList", "Site", "Money"]);
  expect(paths).toEqual(document.paths);
});
