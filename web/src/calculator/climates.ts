/** The climates that come with the product, as their files under data/climates are called. */
export const climateNames = [
  "athens",
  "berlin",
  "chicago",
  "denver",
  "dublin",
  "edinburgh",
  "helsinki",
  "lisbon",
  "london",
  "madrid",
  "melbourne",
  "milan",
  "munich",
  "new-york",
  "oslo",
  "paris",
  "reykjavik",
  "seattle",
  "stockholm",
  "tokyo",
  "toronto",
  "utrecht",
  "vienna",
  "warsaw",
  "zurich",
] as const;
export type ClimateName = (typeof climateNames)[number];

const texts = import.meta.glob<string>("../../../data/climates/*.yaml", {
  query: "?raw",
  import: "default",
});

/** The text of a climate's file. */
export async function climateText(name: ClimateName): Promise<string> {
  const load = texts[`../../../data/climates/${name}.yaml`];
  if (!load) throw new Error(`there is no climate ${name}`);
  return load();
}
