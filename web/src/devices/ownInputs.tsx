import type { Field } from "../api.ts";
import type { FieldFormProps } from "../fields/FieldForm.tsx";
import { LoginInput } from "./LoginInput.tsx";

/**
 * A login is chosen among those that are kept beside the data; nobody types a password into hearth.yaml. A new one is
 * named after `device`.
 */
export function ownInputs(fields: readonly Field[], device: string): NonNullable<FieldFormProps["own"]> {
  if (!fields.some(({ key }) => key === "credentials")) return {};
  return {
    credentials: (value, onChange) => (
      <LoginInput
        value={typeof value === "string" ? value : undefined}
        suggestion={device}
        onChange={onChange}
      />
    ),
  };
}
