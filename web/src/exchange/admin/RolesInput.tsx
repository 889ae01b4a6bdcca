import { Checkbox } from "@mantine/core";
import { type Role, roleDeeds, roles, roleWords } from "../roleWords.ts";

interface RolesInputProps {
  readonly label: string;
  readonly value: readonly Role[];
  readonly onChange: (roles: Role[]) => void;
  readonly isDisabled?: boolean;
  /** Without what each role does. */
  readonly isShort?: boolean;
}

/** What somebody is at the exchange. */
export function RolesInput({ label, value, onChange, isDisabled = false, isShort = false }: RolesInputProps) {
  return (
    <fieldset className="roles" data-short={isShort || undefined}>
      <legend>{label}</legend>
      {roles.map((role) => (
        <Checkbox
          key={role}
          size="sm"
          label={isShort ? roleWords[role] : `${roleWords[role]}: ${roleDeeds[role]}`}
          checked={value.includes(role)}
          disabled={isDisabled}
          onChange={({ currentTarget: { checked } }) =>
            onChange(roles.filter((one) => (one === role ? checked : value.includes(one))))
          }
        />
      ))}
    </fieldset>
  );
}
