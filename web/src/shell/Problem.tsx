import { CloseButton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Refusal } from "../asking.ts";
import { pathWords } from "../fields/fieldWords.ts";

interface ProblemProps {
  readonly error: Error | null;
  readonly onDismiss: () => void;
  /** Whether what is wrong is told by the lines and keys of hearth.yaml, not in the words of a form. */
  readonly byLine?: boolean;
}

/** Says that a command failed and why. */
export function Problem({ error, onDismiss, byLine = false }: ProblemProps) {
  const wrong = error instanceof Refusal && !byLine ? error.wrong : [];
  return (
    <div role="alert">
      {error && (
        <div className="problem">
          <IconAlertTriangle size={20} aria-hidden="true" />
          {wrong.length > 0 ? (
            <ul className="problem-list">
              {wrong.map(({ key, message }) => (
                <li key={`${key} ${message}`}>
                  <strong>{pathWords(key) || "hearth.yaml"}</strong> {message}
                </li>
              ))}
            </ul>
          ) : (
            <span>{error.message}</span>
          )}
          <CloseButton size="sm" aria-label="Dismiss" onClick={onDismiss} />
        </div>
      )}
    </div>
  );
}
