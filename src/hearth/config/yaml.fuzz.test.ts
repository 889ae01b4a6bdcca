import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { HearthworkError, seededRandom } from "../../domain/index.ts";
import { siteConfigSchema } from "./siteConfig.ts";
import { parseYaml } from "./yamlFile.ts";

const runs = Number(process.env["HEARTHWORK_FUZZ"] ?? 5000);
const example = readFileSync(new URL("../../../docs/guide/hearth.example.yaml", import.meta.url), "utf8");
const spice = [
  "&a ",
  "*a",
  "[",
  "]",
  "{",
  "}",
  ": ",
  "- ",
  "|\n",
  "!!js/function ",
  "\0",
  "\u2028",
  "1e400",
  "-",
  "~",
  "<<: ",
  "?",
  "#",
  '"',
  "'",
  "\t",
  "%YAML 9\n",
  "---\n",
  "💥",
];

it(
  `ends each of ${runs} broken files in a configuration or a fault that names it, quickly`,
  { timeout: 0 },
  () => {
    const random = seededRandom(20_261_123);
    const lines = example.split("\n");
    let accepted = 0;
    for (let run = 0; run < runs; run++) {
      let text = example;
      for (let edit = random.integer(4); edit >= 0; edit--) {
        const at = random.integer(text.length + 1);
        const kind = random.integer(4);
        if (kind === 0) text = text.slice(0, at) + spice[random.integer(spice.length)] + text.slice(at);
        else if (kind === 1) text = text.slice(0, at) + text.slice(at + random.integer(40));
        else if (kind === 2) text = text.replace(lines[random.integer(lines.length)] ?? "", "");
        else text = text.slice(0, at) + String.fromCharCode(random.integer(65_536)) + text.slice(at);
      }
      const began = performance.now();
      try {
        parseYaml(text, "hearth.yaml", siteConfigSchema);
        accepted += 1;
      } catch (thrown) {
        if (!(thrown instanceof HearthworkError) || thrown.code !== "config/invalid") {
          throw new Error(`run ${run}: ${JSON.stringify(text)}`, { cause: thrown });
        }
        if (!thrown.message.startsWith("hearth.yaml:")) throw thrown;
      }
      if (performance.now() - began > 2000)
        throw new Error(`run ${run} took too long: ${JSON.stringify(text)}`);
    }
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(runs);
  },
);
