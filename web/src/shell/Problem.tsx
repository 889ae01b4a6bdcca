import { CloseButton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";

/** Says that a command failed and why. */
export function Problem({ error, onDismiss }: { error: Error | null; onDismiss: () => void }) {
  return (
    <div role="alert">
      {error && (
        <div className="problem">
          <IconAlertTriangle size={20} aria-hidden="true" />
          <span>{error.message}</span>
          <CloseButton size="sm" aria-label="Dismiss" onClick={onDismiss} />
        </div>
      )}
    </div>
  );
}
