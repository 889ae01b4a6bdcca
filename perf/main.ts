import { parseArgs } from "node:util";
import { messageOf } from "../src/domain/index.ts";
import { registry } from "./registry.ts";
import { renderTable } from "./report.ts";

const usage = "npm run --silent perf -- NAME [--json]";

/** Runs one benchmark, or lists them all. Gives the exit status: 0 measured, 2 wrong usage. */
async function main(args: string[]): Promise<number> {
  const { name, json, wrong } = parse(args);
  if (wrong !== undefined) return refuse(wrong);
  if (name === undefined) {
    process.stdout.write(await renderList(json));
    return 0;
  }
  const load = Object.hasOwn(registry, name) ? registry[name] : undefined;
  if (!load) return refuse(`there is no benchmark "${name}"; there are ${Object.keys(registry).join(", ")}`);
  const benchmark = await load();
  const values = await benchmark.measure();
  process.stdout.write(json ? `${JSON.stringify(values)}\n` : renderTable(benchmark, values));
  return 0;
}

function parse(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const wrong = positionals.length > 1 ? "name one benchmark at a time" : undefined;
    return { name: positionals[0], json: values.json, wrong };
  } catch (error) {
    return { name: undefined, json: false, wrong: messageOf(error) };
  }
}

async function renderList(json: boolean): Promise<string> {
  const entries = await Promise.all(
    Object.entries(registry).map(async ([name, load]) => ({ name, title: (await load()).title })),
  );
  if (json) return `${JSON.stringify({ benchmarks: entries })}\n`;
  return `${usage}\n\n${entries.map(({ name, title }) => `  ${name.padEnd(12)}${title}\n`).join("")}`;
}

function refuse(why: string): number {
  process.stderr.write(`perf: ${why}\nusage: ${usage}\n`);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
