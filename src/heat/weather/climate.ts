import { z } from "zod";

const monthly = (min: number, max: number) => z.array(z.number().min(min).max(max)).length(12);

/** A place's monthly normals, as weather services publish them. */
export const climateSchema = z.strictObject({
  name: z.string().min(1).max(120),
  source: z.string().min(1).max(200).describe("who published the normals"),
  latitude: z.number().min(-66).max(66),
  longitude: z.number().min(-180).max(180),
  hoursFromUtc: z.number().min(-14).max(14),
  altitudeM: z.number().min(-500).max(6000),
  windMs: z.number().min(0).max(20).describe("mean wind at the station"),
  monthly: z.strictObject({
    meanC: monthly(-50, 45).describe("mean air temperature"),
    dailyRangeK: monthly(0, 30).describe("mean daily maximum less mean daily minimum"),
    sunshineHours: monthly(0, 744).describe("bright sunshine of the whole month"),
  }),
});

export type Climate = z.output<typeof climateSchema>;
