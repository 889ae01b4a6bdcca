import { Button } from "@mantine/core";
import { Component, type ReactNode } from "react";

interface MishapState {
  readonly error: Error | undefined;
}

/** Says so when the page itself fails, rather than leave the wall blank. */
export class Mishap extends Component<{ readonly children: ReactNode }, MishapState> {
  override state: MishapState = { error: undefined };

  static getDerivedStateFromError(error: Error): MishapState {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <main className="no-site">
        <h1>This page has failed</h1>
        <p>The hearth goes on by itself. What failed here: {error.message}</p>
        <Button onClick={() => location.reload()}>Load it again</Button>
      </main>
    );
  }
}
