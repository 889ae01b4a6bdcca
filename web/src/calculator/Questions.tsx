import { NativeSelect, NumberInput } from "@mantine/core";
import type { Answers } from "./answers.ts";
import { climateNames } from "./climates.ts";

interface QuestionsProps {
  readonly answers: Answers;
  readonly onChange: (answers: Answers) => void;
}

type NumberKey = {
  [Key in keyof Answers]: Answers[Key] extends number ? Key : never;
}[keyof Answers];

type ChoiceKey = {
  [Key in keyof Answers]: Answers[Key] extends string ? Key : never;
}[keyof Answers];

const capitals = (name: string) =>
  name
    .split("-")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");

const insulations = [
  { value: "poor", label: "Poor: an old house as it was built" },
  { value: "average", label: "Average: some was done" },
  { value: "good", label: "Good: new, or renewed" },
] as const;
const currencies = ["EUR", "USD", "GBP", "CHF"] as const;
const insteads = [
  { value: "gas", label: "a gas boiler" },
  { value: "oil", label: "an oil boiler" },
  { value: "resistive", label: "electric heaters" },
  { value: "heat-pump", label: "a heat pump" },
  { value: "district", label: "district heat" },
] as const;
const coolings = [
  { value: "none", label: "Not at all" },
  { value: "adsorption", label: "An adsorption chiller" },
  { value: "absorption", label: "An absorption chiller" },
] as const;

/** A few questions about a home, each with a usual answer. */
export function Questions({ answers, onChange }: QuestionsProps) {
  const set = <Key extends keyof Answers>(key: Key, value: Answers[Key]) =>
    onChange({ ...answers, [key]: value });
  const number = (
    key: NumberKey,
    label: string,
    limits: { readonly min: number; readonly max: number; readonly step: number },
    suffix: string,
  ) => (
    <NumberInput
      label={label}
      suffix={suffix}
      {...limits}
      clampBehavior="strict"
      value={answers[key]}
      onChange={(value) => typeof value === "number" && set(key, value)}
    />
  );
  const choice = <Key extends ChoiceKey>(
    key: Key,
    label: string,
    data: readonly { readonly value: Answers[Key]; readonly label: string }[],
  ) => (
    <NativeSelect
      label={label}
      value={answers[key]}
      onChange={(event) => set(key, event.currentTarget.value as Answers[Key])}
      data={[...data]}
    />
  );
  const money = ` ${answers.currency}`;
  const hasFuel = ["gas", "oil", "district"].includes(answers.instead);
  return (
    <div className="calculator-questions">
      {choice(
        "climate",
        "Climate like that of",
        climateNames.map((value) => ({ value, label: capitals(value) })),
      )}
      {number("area", "Heated floor", { min: 20, max: 1000, step: 10 }, " m²")}
      {choice("insulation", "Insulation", insulations)}
      {number("warm", "Wanted by day", { min: 15, max: 26, step: 0.5 }, " °C")}
      {number("people", "People who use hot water", { min: 0, max: 12, step: 1 }, "")}
      {choice(
        "currency",
        "Currency",
        currencies.map((value) => ({ value, label: value })),
      )}
      {number("price", "A kWh of electricity", { min: -1, max: 5, step: 0.01 }, money)}
      {choice("instead", "Heated otherwise by", insteads)}
      {hasFuel && number("fuelPrice", "A kWh of its fuel or heat", { min: 0, max: 5, step: 0.01 }, money)}
      {number("watts", "The compute heater’s power", { min: 100, max: 20_000, step: 100 }, " W")}
      {number("joules", "Its energy per terahash", { min: 5, max: 200, step: 1 }, " J/TH")}
      {number("hashprice", "What 1 PH/s earns in a day", { min: 0, max: 500, step: 1 }, money)}
      {number("jobs", "What jobs pay for a kWh, half of the time", { min: 0, max: 10, step: 0.05 }, money)}
      {number("grid", "CO₂ of the grid’s kWh", { min: 0, max: 1.5, step: 0.05 }, " kg")}
      {number("pool", "A pool’s water", { min: 0, max: 200, step: 5 }, " m²")}
      {choice("cooling", "Cooled in summer by its heat", coolings)}
    </div>
  );
}
