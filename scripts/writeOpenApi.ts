import { writeFileSync } from "node:fs";
import { exchangeDocument } from "../src/exchange/index.ts";
import { openApiDocument } from "../src/hearth/index.ts";

const documents = { "openapi.json": openApiDocument, "exchange.openapi.json": exchangeDocument };
for (const [name, make] of Object.entries(documents)) {
  const text = JSON.stringify(await make(), null, 2);
  writeFileSync(new URL(`../web/${name}`, import.meta.url), `${text}\n`);
}
