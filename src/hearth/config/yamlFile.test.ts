import { describe, expect, it } from "vitest";
import { z } from "zod";
import { HearthworkError } from "../../domain/index.ts";
import { parseYaml } from "./yamlFile.ts";

const schema = z.strictObject({
  site: z.strictObject({ name: z.string().min(1), phases: z.int().max(3) }),
  devices: z.array(
    z.discriminatedUnion("driver", [
      z.strictObject({ driver: z.literal("lamp"), watts: z.number() }),
      z.strictObject({ driver: z.literal("relay"), topic: z.string() }),
    ]),
  ),
});

function complaintsAbout(text: string): string[] {
  try {
    parseYaml(text, "hearth.yaml", schema);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(HearthworkError);
    expect(thrown).toMatchObject({ code: "config/invalid", retry: "never" });
    return (thrown as HearthworkError).message.split("\n");
  }
  throw new Error("was accepted");
}

describe("parseYaml", () => {
  it("gives what the schema makes of the file", () => {
    const text = "site: { name: Home, phases: 3 }\ndevices:\n  - { driver: lamp, watts: 9 }\n";
    expect(parseYaml(text, "hearth.yaml", schema)).toEqual({
      site: { name: "Home", phases: 3 },
      devices: [{ driver: "lamp", watts: 9 }],
    });
  });

  it.each([
    ["a list", "- site\n", ["hearth.yaml:1: must be a section with the keys site, devices"]],
    [
      "a wrong value, each on its line",
      'site:\n  name: ""\n  phases: 4\ndevices: []\n',
      [
        "hearth.yaml:2: site.name: must be at least 1 characters long",
        "hearth.yaml:3: site.phases: must be at most 3",
      ],
    ],
    [
      "an unknown key",
      "site:\n  name: A\n  phases: 1\n  color: red\ndevices: []\n",
      ["hearth.yaml:4: site.color: is no key; allowed here: name, phases"],
    ],
    [
      "a missing key",
      "site:\n  name: A\ndevices: []\n",
      ["hearth.yaml:1: site.phases: is missing; it must be a number"],
    ],
    [
      "an unknown driver",
      "site: { name: A, phases: 1 }\ndevices:\n  - driver: toaster\n",
      ["hearth.yaml:3: devices[0].driver: must be one of lamp, relay"],
    ],
    [
      "another driver's key",
      "site: { name: A, phases: 1 }\ndevices:\n  - driver: relay\n    topic: t\n    watts: 1\n",
      ["hearth.yaml:5: devices[0].watts: is no key; allowed here: driver, topic"],
    ],
  ])("%s", (_case, text, complaints) => {
    expect(complaintsAbout(text)).toEqual(complaints);
  });

  it.each([
    ["a broken list", "site: [", /^hearth\.yaml:1: not valid YAML/],
    ["a doubled key", "site: 1\nsite: 2\n", /^hearth\.yaml:2: this key is there twice/],
    ["an empty file", "", /^hearth\.yaml:1: is empty; write the sections/],
    ["a file of words to people alone", "# soon\n", /^hearth\.yaml:1: is empty/],
    [
      "two documents",
      "site: 1\n---\ndevices: []\n",
      /^hearth\.yaml:2: a second document .*remove the line ---/,
    ],
    ["a tab", "site:\n\tname: A\n", /^hearth\.yaml:2: a tab indents this line; .*spaces/],
    [
      "a bomb of aliases",
      ["a: &a [x, x]", `b: &b [${"*a, ".repeat(50)}]`, `c: &c [${"*b, ".repeat(50)}]`, "d: *c", ""].join(
        "\n",
      ),
      /aliases/,
    ],
    ["a file past the bound", `# ${"x".repeat(300_000)}\n`, /longer than 256 KiB/],
  ])("%s", (_case, text, complaint) => {
    expect(complaintsAbout(text)[0]).toMatch(complaint);
  });

  it("names twenty of many", () => {
    const text = `site: { name: A, phases: 1 }\ndevices:\n${"  - { driver: lamp }\n".repeat(30)}`;
    const complaints = complaintsAbout(text);
    expect(complaints).toHaveLength(21);
    expect(complaints.at(-1)).toBe("… and 10 more");
  });
});
