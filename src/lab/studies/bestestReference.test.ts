import { expect, it } from "vitest";
import { parseBestestReference } from "./bestestReference.ts";

const head = "# from somewhere\nquantity,unit,case,A,B,lower_limit,upper_limit\n";

it("reads programs and limits", () => {
  expect(
    parseBestestReference(`${head}annual_heating,MWh,600,4,5,3.5,5.5\nfree_float_max,degC,600FF,60,65,,\n`),
  ).toEqual([
    {
      quantity: "annual_heating",
      unit: "MWh",
      case: "600",
      programs: { A: 4, B: 5 },
      programsMin: 4,
      programsMax: 5,
      lowerLimit: 3.5,
      upperLimit: 5.5,
    },
    {
      quantity: "free_float_max",
      unit: "degC",
      case: "600FF",
      programs: { A: 60, B: 65 },
      programsMin: 60,
      programsMax: 65,
    },
  ]);
});

it.each([
  ["another head", "a,b,c\n", 1],
  ["a short line", `${head}annual_heating,MWh,600,4\n`, 3],
  ["a word for a number", `${head}annual_heating,MWh,600,4,much,1,2\n`, 3],
])("refuses %s by its line", (_what, text, line) => {
  expect(() => parseBestestReference(text)).toThrow(
    expect.objectContaining({ code: "study/reference", data: { line } }) as Error,
  );
});
