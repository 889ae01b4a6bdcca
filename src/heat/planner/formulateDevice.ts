import { beginsOf, heldDevices } from "./heldDevices.ts";
import { hoursOf, type PlanProblem, type Switching } from "./planProblem.ts";
import type { Column, ProgramBuilder, Term } from "./program.ts";

/** Where a device's quantities are in a programme. */
export interface DeviceColumns {
  /** Its power, kW, in a step. */
  readonly power: (step: number) => readonly Term[];
  /** Of it, what comes from the grid. */
  readonly drawn: (step: number) => readonly Term[];
  /** Its heat into a sink, kW, in a step. */
  readonly heatInto: (sink: string, step: number) => readonly Term[];
  /** Its whole numbers, as they are when it runs at some kW in a step. */
  readonly chosen: (step: number, kilowatts: number) => readonly Chosen[];
}

/** A whole number of a programme, and its value. */
export type Chosen = readonly [column: Column, value: number];

export interface DeviceForm {
  readonly powers:
    | { readonly kind: "levels"; readonly kilowatts: readonly number[] }
    | { readonly kind: "range"; readonly min: number; readonly max: number };
  /** By step. */
  readonly heatPerKwh: readonly number[];
  /** Where it differs by sink; left out: the same into each. */
  readonly heatPerKwhInto?: ((sink: string, step: number) => number) | undefined;
  readonly costPerKwh: readonly number[];
  readonly fromGrid: boolean;
  readonly mayRun: readonly boolean[];
  /** By step; all that it can without. */
  readonly mostKilowatts?: readonly number[] | undefined;
}

type Device = Switching & { readonly id: string; readonly sinks: readonly string[] };

/** A device that is off, or on at one of its powers, with its least times, its starts and its heat. */
export function formulateDevice(
  builder: ProgramBuilder,
  problem: PlanProblem,
  device: Device,
  form: DeviceForm,
): DeviceColumns {
  const { steps } = problem;
  const { powers } = form;
  const on: Column[] = [];
  const levelsAt: (readonly Term[])[] = [];
  const shortest = Math.min(...steps.map(({ duration }) => duration));
  const isFree = powers.kind === "range" && powers.min === 0 && !isSwitchedSlowly(problem, device);
  const power = steps.map((step, at): Term[] => {
    const upper = form.mayRun[at] === true ? 1 : 0;
    const most = form.mostKilowatts?.[at] ?? Infinity;
    const cost = (form.costPerKwh[at] ?? 0) * hoursOf(step);
    const only = powers.kind === "levels" && powers.kilowatts.length === 1 ? powers.kilowatts[0] : undefined;
    // In a step that is long enough to start and stop within it, it may run for a part of it.
    const isInteger = !isFree && (step.duration < device.minOn + device.minOff || step.duration <= shortest);
    const isOn = builder.column({ upper, isInteger, cost: only === undefined ? 0 : cost * only });
    on.push(isOn);
    if (only !== undefined) return [[only, isOn]];
    if (powers.kind === "range") {
      const kilowatts = builder.column({ upper: Math.min(powers.max, most), cost });
      builder.row(
        [
          [1, kilowatts],
          [-powers.min, isOn],
        ],
        0,
        Infinity,
      );
      builder.row(
        [
          [1, kilowatts],
          [-powers.max, isOn],
        ],
        -Infinity,
        0,
      );
      return [[1, kilowatts]];
    }
    const levels = powers.kilowatts.map((level): Term => [
      level,
      builder.column({ upper: level <= most ? 1 : 0, isInteger, cost: cost * level }),
    ]);
    levelsAt[at] = levels;
    builder.row([...levels.map(([, column]): Term => [1, column]), [-1, isOn]], 0, 0);
    return levels;
  });
  switchSlowly(builder, problem, device, on);
  const heat = heatOf(builder, problem, device, form, power);
  return {
    power: (step) => power[step] ?? [],
    drawn: (step) => (form.fromGrid ? (power[step] ?? []) : []),
    heatInto: (sink, step) => heat.get(sink)?.[step] ?? [],
    chosen: (step, kilowatts) => {
      const [level] = (levelsAt[step] ?? []).toSorted(
        ([one], [other]) => Math.abs(one - kilowatts) - Math.abs(other - kilowatts),
      );
      return [
        [on[step]!, kilowatts > 0 ? 1 : 0],
        ...(levelsAt[step] ?? []).map((term): Chosen => [term[1], kilowatts > 0 && term === level ? 1 : 0]),
      ];
    },
  };
}

/** Whether starts and stops of their own have to be told apart. */
const isSwitchedSlowly = (
  { steps }: PlanProblem,
  { startCost, minOn, minOff }: Pick<Switching, "startCost" | "minOn" | "minOff">,
): boolean => startCost > 0 || Math.max(minOn, minOff) > Math.min(...steps.map(({ duration }) => duration));

function switchSlowly(
  builder: ProgramBuilder,
  problem: PlanProblem,
  { id, minOn, minOff, startCost, watts }: Device,
  on: readonly Column[],
): void {
  const isOn = watts > 0;
  const begins = beginsOf(problem);
  const bound = heldDevices(problem).get(id) ?? 0;
  on.forEach((column, at) => {
    if ((begins[at] ?? 0) >= bound) return;
    if (isOn) builder.row([[1, column]], 1, 1);
    else builder.row([[1, column]], 0, 0);
  });
  if (!isSwitchedSlowly(problem, { minOn, minOff, startCost })) return;
  const starts = on.map(() => builder.column({ upper: 1, cost: startCost }));
  const stops = on.map(() => builder.column({ upper: 1 }));
  on.forEach((column, at) => {
    const before = on[at - 1];
    const change: Term[] = [
      [1, column],
      [-1, starts[at]!],
      [1, stops[at]!],
    ];
    if (before !== undefined) change.push([-1, before]);
    const first = before === undefined && isOn ? 1 : 0;
    builder.row(change, first, first);
    const within = (columns: readonly Column[], least: number) =>
      columns.flatMap((of, other): Term[] =>
        other <= at && (begins[at] ?? 0) - (begins[other] ?? 0) < Math.max(least, 1) ? [[1, of]] : [],
      );
    builder.row([...within(starts, minOn), [-1, column]], -Infinity, 0);
    builder.row([...within(stops, minOff), [1, column]], -Infinity, 1);
  });
}

/** All of its heat goes into its sinks; which, is chosen where there are several. */
function heatOf(
  builder: ProgramBuilder,
  { steps }: PlanProblem,
  { sinks }: Device,
  { heatPerKwh, heatPerKwhInto }: DeviceForm,
  power: readonly (readonly Term[])[],
): ReadonlyMap<string, readonly (readonly Term[])[]> {
  const [only, ...others] = sinks;
  if (only === undefined) return new Map();
  const usual = (at: number) => heatPerKwh[at] ?? 0;
  const into = (sink: string, at: number) => heatPerKwhInto?.(sink, at) ?? usual(at);
  const made = power.map((terms, at) => {
    const perKwh = others.length === 0 ? into(only, at) : usual(at);
    return terms.map(([kilowatts, column]): Term => [kilowatts * perKwh, column]);
  });
  if (others.length === 0) return new Map([[only, made]]);
  const shares = sinks.map((sink) => [sink, steps.map(() => builder.column())] as const);
  made.forEach((heat, at) => {
    builder.row(
      [
        ...shares.map(([sink, columns]): Term => [usual(at) / Math.max(0.01, into(sink, at)), columns[at]!]),
        ...heat.map(([k, c]): Term => [-k, c]),
      ],
      0,
      0,
    );
  });
  return new Map(
    shares.map(([sink, columns]) => [sink, columns.map((column): readonly Term[] => [[1, column]])]),
  );
}
