/** "Living room" → "living-room"; what has no letters goes by its kind. */
export function idOf(name: string, kind: string): string {
  const id = name
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 48)
    .replaceAll(/^-+|-+$/g, "");
  return id === "" ? kind : id;
}
