import { answered } from "../../asking.ts";
import { api } from "../api.ts";

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
  await check(bytes, found.digest);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = `${job}-${index}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Digests can be computed where the page came by TLS or from this machine, and nowhere else. */
async function check(bytes: Uint8Array<ArrayBuffer>, digest: string): Promise<void> {
  if (!isSecureContext) return;
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== digest) throw new Error("The output is not what its digest says; ask for it again.");
}
