import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Problem } from "./Problem.tsx";
import "./askFirst.css";

interface AskFirstProps {
  /** Of the button that asks. */
  readonly label: string;
  /** What is asked then, and what will come of it. */
  readonly question: ReactNode;
  readonly yes: string;
  readonly no: string;
  readonly isDisabled?: boolean;
  readonly isHarmless?: boolean;
  readonly act: () => Promise<unknown>;
}

/** Does something that cannot be taken back, once that was confirmed. */
export function AskFirst({ label, question, yes, no, act, ...how }: AskFirstProps) {
  const [isAsked, ask] = useState(false);
  const deed = useMutation({ mutationFn: act, onSuccess: () => ask(false) });
  if (!isAsked) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => ask(true)}
        disabled={how.isDisabled === true}
      >
        {label}
      </Button>
    );
  }
  return (
    <fieldset className="ask-first" aria-label={`${label}?`}>
      <p>{question}</p>
      <Button
        size="compact-sm"
        {...(how.isHarmless ? {} : { color: "red" })}
        loading={deed.isPending}
        onClick={() => deed.mutate()}
      >
        {yes}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => ask(false)}>
        {no}
      </Button>
      <Problem error={deed.error} onDismiss={deed.reset} />
    </fieldset>
  );
}
