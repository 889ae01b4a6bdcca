import { answered } from "../../asking.ts";
import { api } from "../api.ts";
import { sha256Hex } from "../sha256.ts";

/**
 * Gives the output of a task to the browser to keep, once it is what its digest says.
 * @throws {Error} where it is not, or not there
 */
export async function saveOutput(job: string, index: number): Promise<void> {
  const { results } = await answered(
    api.GET("/api/v1/jobs/{id}/results", { params: { path: { id: job }, query: { from: index } } }),
  );
  const found = results.find((result) => result.index === index);
  if (!found) throw new Error(`Task ${index} has no result yet.`);
  const bytes = Uint8Array.from(atob(found.output), (character) => character.codePointAt(0) ?? 0);
  if (sha256Hex(bytes) !== found.digest) {
    throw new Error("The output is not what its digest says; ask for it again.");
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = `${job}-${index}`;
  link.click();
  URL.revokeObjectURL(link.href);
}
