import { Button } from "@mantine/core";
import { baseUrl } from "../api.ts";

/** Stands where the home will be, until the hearth has answered. */
export function NoSite({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  return (
    <main className="no-site">
      <img src={`${baseUrl}/icon.svg`} alt="" width={96} height={96} />
      <h1>{error ? "The hearth is not reachable" : "Hearthwork"}</h1>
      <output>{error ? error.message : "Connecting to the hearth…"}</output>
      {error && (
        <>
          <p>This page tries again every five seconds.</p>
          <Button onClick={onRetry}>Try now</Button>
        </>
      )}
    </main>
  );
}
