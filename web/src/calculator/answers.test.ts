import { expect, describe, it } from "vitest";
import { parse } from "yaml";
import { climateSchema, syntheticYear } from "../../../src/heat/index.ts";
import { studyHome } from "../../../src/lab/browser.ts";
import { answersOf, searchOf, usualAnswers } from "./answers.ts";
import { answerSearch } from "./answerSearch.ts";
import { climateNames, climateText } from "./climates.ts";
import { fileOf } from "./homeFile.ts";

describe("the answers in an address", () => {
  it("are as usual where it says nothing", () => {
    expect(answersOf({})).toEqual({ answers: usualAnswers, unread: [] });
    expect(searchOf(usualAnswers)).toEqual({});
  });

  it("come back from the address that they make", () => {
    const answers = {
      ...usualAnswers,
      climate: "oslo",
      area: 90,
      price: -0.02,
      cooling: "adsorption",
    } as const;
    const search = searchOf(answers);
    expect(Object.keys(search)).toEqual(["climate", "area", "price", "cooling"]);
    expect(answersOf(answerSearch(search))).toEqual({ answers, unread: [] });
    const asText = Object.fromEntries(Object.entries(search).map(([key, value]) => [key, String(value)]));
    expect(answersOf(asText).answers).toEqual(answers);
  });

  it.each([
    [{ area: "huge" }, ["area"]],
    [{ area: 1e9, climate: "atlantis" }, ["climate", "area"]],
    [{ people: 2.5 }, ["people"]],
    [{ price: "", joules: "NaN" }, ["joules"]],
    [{ instead: "<script>" }, ["instead"]],
  ])("%j is named where it cannot be read, and the rest is taken", (search, unread) => {
    const read = answersOf(answerSearch({ ...search, watts: 1500 }));
    expect(read.unread).toEqual(unread);
    expect(read.answers).toEqual({ ...usualAnswers, watts: 1500 });
  });

  it("keep nothing else of it", () => {
    expect(answerSearch({ evil: 1, area: ["1"], climate: "x".repeat(500) })).toEqual({
      climate: "x".repeat(40),
    });
  });
});

it("every climate that is offered comes with the product", async () => {
  for (const name of climateNames) {
    expect(climateSchema.parse(parse(await climateText(name))).name).not.toBe("");
  }
});

describe("the verdict", async () => {
  const berlin = syntheticYear(climateSchema.parse(parse(await climateText("berlin"))), 1);
  const verdict = async (changes: Partial<typeof usualAnswers>) => {
    const file = fileOf({ ...usualAnswers, ...changes });
    return (await studyHome({ file, weather: berlin, extent: "typical days" })).verdict;
  };

  it("says plainly when a heat pump is better", async () => {
    expect(await verdict({ joules: 40 })).toMatch(/heat pump/);
  });

  it("says so when the computing pays for all", async () => {
    expect(await verdict({ hashprice: 400, joules: 12 })).toMatch(/free|zero|pays/i);
  });
});
