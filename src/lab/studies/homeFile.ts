import { z } from "zod";
import { homeMoneySchema } from "../../energy/index.ts";
import { homeShape } from "../../heat/index.ts";

/** A home and its money, as `study home` reads them. */
export const homeFileSchema = z
  .strictObject({ ...homeShape, money: homeMoneySchema.prefault({}) })
  .refine(({ house, building }) => (house === undefined) !== (building === undefined), {
    message: "give either `house` or `building`",
    path: ["house"],
  });
