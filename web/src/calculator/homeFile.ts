import { homeFileSchema, type StudiedFile } from "../../../src/lab/browser.ts";
import type { Answers } from "./answers.ts";

const litresPerPerson = 45;
const tankLitresPerPerson = 60;

/** The home and its money as `study home` reads them from a file. */
export function fileOf(answers: Answers): StudiedFile {
  const { instead, fuelPrice, people, pool, cooling, jobs } = answers;
  const priced = { kind: instead, pricePerKwh: fuelPrice };
  const isPriced = instead === "gas" || instead === "oil" || instead === "district";
  const { money, ...home } = homeFileSchema.parse({
    name: "This home",
    house: {
      floorAreaM2: answers.area,
      insulation: answers.insulation,
      dayC: answers.warm,
      nightC: Math.max(15, answers.warm - 2.5),
      ...(cooling === "none" ? {} : { coolAboveC: 26 }),
    },
    bufferLitres: 200,
    hotWater: {
      litresPerDay: litresPerPerson * people,
      tankLitres: Math.max(120, tankLitresPerPerson * people),
    },
    heater: { maxW: answers.watts },
    ...(pool > 0 ? { pool: { areaM2: pool } } : {}),
    ...(cooling === "none" ? {} : { chiller: cooling }),
    money: {
      currency: answers.currency,
      electricity: answers.price,
      ...(instead === "gas" ? { gasPerKwh: fuelPrice } : {}),
      instead: isPriced ? priced : { kind: instead },
      mining: { hashpricePerPhDay: answers.hashprice, joulesPerTerahash: answers.joules },
      ...(jobs > 0 ? { jobs: { offers: [{ pricePerKwh: jobs, share: 0.5 }] } } : {}),
      carbon: { gridKgPerKwh: answers.grid },
    },
  });
  return { home, money };
}
