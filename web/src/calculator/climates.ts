const folder = "../../../data/climates/";
const texts = import.meta.glob<string>("../../../data/climates/*.yaml", {
  query: "?raw",
  import: "default",
});

/** The climates that come with the product, as their files under data/climates are called. */
export const climateNames: readonly string[] = Object.keys(texts)
  .map((path) => path.slice(folder.length, -".yaml".length))
  .toSorted();

/** The text of a climate's file. */
export async function climateText(name: string): Promise<string> {
  const load = texts[`${folder}${name}.yaml`];
  if (!load) throw new Error(`there is no climate ${name}`);
  return load();
}
