import { type JobSpec, jobSpecSchema } from "../../../../src/jobs/index.ts";

/** A job as its form has it: what is typed is text until it is read. */
export interface JobOrder {
  readonly name: string;
  readonly tasks: string;
  readonly classSeconds: string;
  readonly memoryMiB: string;
  readonly limitSeconds: string;
  readonly bid: string;
  readonly hours: string;
}

export const usualOrder: JobOrder = {
  name: "",
  tasks: "1",
  classSeconds: "1",
  memoryMiB: "64",
  limitSeconds: "300",
  bid: "0.0001",
  hours: "2",
};

const labels: Readonly<Record<string, string>> = {
  name: "Name",
  tasks: "Tasks",
  classSeconds: "Work of a task",
  memoryMiB: "Memory",
  limitSeconds: "Time limit",
  bid: "Bid",
  deadline: "Wanted within",
};

type SpecText = Omit<JobSpec, "bid" | "patientBid" | "maxGrams" | "compare"> & { readonly bid: string };

export type ReadOrder =
  | { readonly kind: "spec"; readonly spec: SpecText }
  | { readonly kind: "wrong"; readonly words: string };

/**
 * What the exchange is sent for a form, or what is wrong with it.
 * @param now epoch ms
 */
export function readOrder(
  { hours, ...order }: JobOrder,
  { module, input }: { readonly module: string; readonly input: string | null },
  now: number,
): ReadOrder {
  const within = Number(hours) * 3_600_000;
  if (!(within > 0) || within > 366 * 86_400_000) {
    return { kind: "wrong", words: "Wanted within: say how many hours, up to a year." };
  }
  const text = {
    name: order.name,
    kind: "wasm" as const,
    tasks: Number(order.tasks),
    classSeconds: Number(order.classSeconds),
    memoryMiB: Number(order.memoryMiB),
    limitSeconds: Number(order.limitSeconds),
    bid: order.bid,
    module,
    input,
    deadline: new Date(now + within).toISOString(),
  };
  const parsed = jobSpecSchema.safeParse(text);
  if (parsed.success) return { kind: "spec", spec: { ...text, retries: parsed.data.retries } as SpecText };
  const words = parsed.error.issues.map(({ path, message }) => {
    const key = String(path[0] ?? "");
    return `${labels[key] ?? key}: ${message}`;
  });
  return { kind: "wrong", words: words.join("; ") };
}
