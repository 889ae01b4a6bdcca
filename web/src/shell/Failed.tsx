import { Button } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { messageOf } from "../../../src/domain/index.ts";
import { serverName } from "../asking.ts";

/** Says so when the page itself fails, rather than leave the wall blank. */
export function Failed({ error }: ErrorComponentProps) {
  return (
    <main className="no-site">
      <h1>This page has failed</h1>
      <p>
        The {serverName()} goes on by itself. What failed here: {messageOf(error)}
      </p>
      <Button onClick={() => location.reload()}>Load it again</Button>
    </main>
  );
}
