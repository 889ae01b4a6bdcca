import { Button } from "@mantine/core";
import { baseUrl, serverName } from "../asking.ts";
import "./shell.css";

/** Stands where the pages will be, until the server has answered. */
export function NoAnswer({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  const server = serverName();
  return (
    <main className="no-site">
      <img src={`${baseUrl}/icon.svg`} alt="" width={96} height={96} />
      <h1>{error ? `The ${server} is not reachable` : "Hearthwork"}</h1>
      <output>{error ? error.message : `Connecting to the ${server}…`}</output>
      {error && (
        <>
          <p>This page tries again every five seconds.</p>
          <Button onClick={onRetry}>Try now</Button>
        </>
      )}
    </main>
  );
}
