import { writeFileSync } from "node:fs";
import { openApiDocument } from "../src/hearth/index.ts";

writeFileSync(
  new URL("../web/openapi.json", import.meta.url),
  `${JSON.stringify(await openApiDocument(), null, 2)}\n`,
);
