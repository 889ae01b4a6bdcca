#!/usr/bin/env node
import { existsSync } from "node:fs";
import { requireNode24 } from "./requireNode24.js";

requireNode24();
const source = new URL("../src/cli/main.ts", import.meta.url);
const built = new URL("../dist/src/cli/main.js", import.meta.url);
const { main } = await import(existsSync(source) ? source.href : built.href);
await main(process.argv.slice(2));
