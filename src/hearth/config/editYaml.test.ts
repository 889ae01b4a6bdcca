import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../domain/index.ts";
import type { Json } from "../../wire/index.ts";
import { editYaml, plainOf, type YamlEdit } from "./editYaml.ts";

const example = readFileSync(new URL("../../../docs/guide/hearth.example.yaml", import.meta.url), "utf8");

/** A file as a person keeps it. */
const kept = `# Our flat.
site:
  name:   Flat        # as on the door
  feeder: {maxWatts: 2000,staggerSeconds: 30}   # the fuse says 10 A

sinks:
# the big room
- id: living-room
  comfort:
    setBackC: 17
    week:
      # weekdays
      - { days: [mon, tue], from: "06:30", to: "22:30", targetC: 21 }   # early
      # weekend
      - days: [sat]
        from: '08:00'   # we sleep long
        to: "23:00"
        targetC: 21
  limits:
    maxC: 26

# Best first.
heaters:
  # bought used
  - id: s19
    driver: braiins
    note: |
      two
      lines
  - id: mini
    driver: avalon   # on the shelf
`;

const lines = (text: string) => text.split("\n");
/** The lines that an edit took out, and those that it put in. */
function difference(before: string, edit: YamlEdit) {
  const after = editYaml(before, [edit]);
  return {
    gone: lines(before).filter((line) => !lines(after).includes(line)),
    come: lines(after).filter((line) => !lines(before).includes(line)),
  };
}

describe("editYaml changes what it is asked to and leaves the rest to the letter", () => {
  it.each<[string, YamlEdit, string[], string[]]>([
    [
      "a value with a comment behind it",
      { path: ["site", "name"], value: "Our flat" },
      ["  name:   Flat        # as on the door"],
      ["  name:   Our flat        # as on the door"],
    ],
    [
      "a value within braces",
      { path: ["site", "feeder"], value: { maxWatts: 2300 } },
      ["  feeder: {maxWatts: 2000,staggerSeconds: 30}   # the fuse says 10 A"],
      ["  feeder: {maxWatts: 2300,staggerSeconds: 30}   # the fuse says 10 A"],
    ],
    [
      "a new key within braces, and one less",
      { path: ["site", "feeder"], value: { phases: 3, staggerSeconds: null } },
      ["  feeder: {maxWatts: 2000,staggerSeconds: 30}   # the fuse says 10 A"],
      ["  feeder: {maxWatts: 2000, phases: 3}   # the fuse says 10 A"],
    ],
    [
      "a new key of a section",
      { path: ["site", "tariff"], value: { currency: "EUR", perKwh: "0.31" } },
      [],
      ['  tariff: { currency: EUR, perKwh: "0.31" }'],
    ],
    [
      "a new key of an entry whose dash is not indented",
      { path: ["sinks", 0, "name"], value: "Living room: the big one" },
      [],
      ['  name: "Living room: the big one"'],
    ],
    [
      "a key that goes and leaves its section empty",
      { path: ["sinks", 0, "limits", "maxC"], value: undefined },
      ["  limits:", "    maxC: 26"],
      ["  limits: {}"],
    ],
    [
      "an entry with the comment above it",
      { path: ["heaters", 0], value: undefined },
      ["  # bought used", "  - id: s19", "    driver: braiins", "    note: |", "      two", "      lines"],
      [],
    ],
    [
      "the last entry",
      { path: ["heaters", 1], value: undefined },
      ["  - id: mini", "    driver: avalon   # on the shelf"],
      [],
    ],
    [
      "one more heater",
      { path: ["heaters", 2], value: { id: "axe", driver: "axeos", host: "10.0.0.9" } },
      [],
      ["  - id: axe", "    driver: axeos", "    host: 10.0.0.9"],
    ],
    [
      "the first key behind the dash",
      { path: ["heaters", 1, "id"], value: undefined },
      ["  - id: mini", "    driver: avalon   # on the shelf"],
      ["  - driver: avalon   # on the shelf"],
    ],
    [
      "a section that was not there",
      { path: ["mqtt"], value: { broker: "mqtt://10.0.0.2:1883" } },
      [],
      ["mqtt: { broker: mqtt://10.0.0.2:1883 }"],
    ],
    [
      "two targets of a schedule, in two styles",
      {
        path: ["sinks", 0, "comfort", "week"],
        value: [
          { days: ["mon", "tue"], from: "06:30", to: "22:30", targetC: 22 },
          { days: ["sat", "sun"], from: "08:00", to: "23:00", targetC: 20.5 },
        ],
      },
      [
        '      - { days: [mon, tue], from: "06:30", to: "22:30", targetC: 21 }   # early',
        "      - days: [sat]",
        "        targetC: 21",
      ],
      [
        '      - { days: [mon, tue], from: "06:30", to: "22:30", targetC: 22 }   # early',
        "      - days: [sat, sun]",
        "        targetC: 20.5",
      ],
    ],
    [
      "an entry of a schedule before the others",
      {
        path: ["sinks", 0, "comfort"],
        value: {
          week: [
            { days: ["wed"], from: "05:00", to: "06:00", targetC: 19 },
            { days: ["mon", "tue"], from: "06:30", to: "22:30", targetC: 21 },
            { days: ["sat"], from: "08:00", to: "23:00", targetC: 21 },
          ],
        },
      },
      [],
      ['      - { days: [wed], from: "05:00", to: "06:00", targetC: 19 }'],
    ],
  ])("%s", (_case, edit, gone, come) => {
    expect(difference(kept, edit)).toEqual({ gone, come });
  });

  it("keeps Windows' line ends and a missing last one", () => {
    const windows = kept.replaceAll("\n", "\r\n").trimEnd();
    const after = editYaml(windows, [{ path: ["heaters", 2], value: { id: "axe", driver: "axeos" } }]);
    expect(after.replaceAll("\r\n", "")).not.toContain("\n");
    expect(after).toBe(`${windows}\r\n  - id: axe\r\n    driver: axeos\r\n`);
  });

  it("begins a file", () => {
    const after = editYaml("# ours\n", [
      { path: ["site"], value: { name: "Home", feeder: { maxWatts: 2000 } } },
      { path: ["heaters"], value: [] },
      { path: ["heaters", 0], value: { id: "a", driver: "axeos" } },
    ]);
    expect(after).toBe(
      "# ours\nsite: { name: Home, feeder: { maxWatts: 2000 } }\nheaters:\n  - id: a\n    driver: axeos\n",
    );
  });

  it("refuses to change what another place repeats", () => {
    const repeated = "a: &one { x: 1 }\nb: *one\n";
    const change = () => editYaml(repeated, [{ path: ["b", "x"], value: 2 }]);
    expect(change).toThrow(/line 2, which repeats another place \(\*one\), cannot be changed/);
    const source = () => editYaml(repeated, [{ path: ["a", "x"], value: 2 }]);
    expect(source).toThrow(/without changing more/);
  });

  it("means the same as the edit, whatever is changed where, in 400 edits", () => {
    const random = seededRandom(3);
    const some = <T>(items: readonly T[]): T => items[random.integer(items.length)] as T;
    const values: Json[] = [
      7,
      "text",
      "12:30",
      "a: b",
      "# no",
      "- x",
      "",
      true,
      "null",
      0.5,
      [1, 2],
      [],
      {},
      { k: 1 },
      { k: { l: [{ m: 1 }, { m: 2 }] } },
      "x".repeat(100),
      "multi\nline",
      { long: "y".repeat(60), other: ["a", "b"], more: "z".repeat(30) },
      [{ a: 1, b: "z".repeat(80) }, { a: 2 }],
      [[1], [2, 3]],
    ];
    const pathsOf = (value: unknown, path: readonly (string | number)[]): (string | number)[][] =>
      typeof value === "object" && value !== null
        ? [
            [...path, Array.isArray(value) ? value.length : "added"],
            ...Object.entries(value).flatMap(([key, item]) => {
              const here = [...path, Array.isArray(value) ? Number(key) : key];
              return [here, ...pathsOf(item, here)];
            }),
          ]
        : [];
    let text = kept;
    for (let run = 0; run < 400; run++) {
      if (run % 20 === 0) text = some([kept, example, kept.replaceAll("\n", "\r\n")]);
      const path = some(pathsOf(plainOf(text), []));
      const value = random.integer(4) === 0 ? undefined : some(values);
      const before = text;
      try {
        text = editYaml(before, [{ path, value }]);
      } catch (cause) {
        throw new Error(`run ${run}: ${JSON.stringify({ path, value })} in\n${before}`, { cause });
      }
    }
  });
});
