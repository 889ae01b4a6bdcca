import { Button, Progress, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { answered } from "../../asking.ts";
import { price } from "../../format.ts";
import { Problem } from "../../shell/Problem.tsx";
import { addresses } from "../addresses.ts";
import { api, type JobQuote } from "../api.ts";
import { things } from "../network/networkWords.ts";
import { sha256Hex } from "../sha256.ts";
import { useShownNetwork } from "../shell/networkContext.ts";
import { type JobOrder, readOrder, usualOrder } from "./jobOrder.ts";
import { sendArtefact } from "./sendArtefact.ts";
import "./submit.css";

interface Chosen {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly digest: string;
}

export function JobForm() {
  const { currency } = useShownNetwork();
  const navigate = useNavigate();
  const [order, setOrder] = useState(usualOrder);
  const [module, setModule] = useState<Chosen>();
  const [input, setInput] = useState<Chosen>();
  const [sent, setSent] = useState(0);

  const spec = () => {
    if (!module) throw new Error("Choose a module first.");
    const read = readOrder(order, { module: module.digest, input: input?.digest ?? null }, Date.now());
    if (read.kind === "wrong") throw new Error(read.words);
    return read.spec;
  };
  const quote = useMutation({
    mutationFn: async (): Promise<JobQuote> => answered(api.POST("/api/v1/jobs/quote", { body: spec() })),
  });
  const submit = useMutation({
    mutationFn: async () => {
      const body = spec();
      const files = [module, input].filter((file) => file !== undefined);
      const all = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
      let before = 0;
      for (const { digest, bytes } of files) {
        const begun = before;
        await sendArtefact(digest, bytes, (done) => setSent((begun + done * bytes.length) / all));
        before += bytes.length;
      }
      return answered(api.POST("/api/v1/jobs", { body }));
    },
    onSuccess: ({ id }) => navigate({ to: addresses.job(id) }),
  });
  const change = (next: Partial<JobOrder>) => {
    setOrder({ ...order, ...next });
    quote.reset();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (quote.data) submit.mutate();
    else quote.mutate();
  };
  const text = (key: keyof JobOrder, label: string, description: string) => (
    <TextInput
      label={label}
      description={description}
      value={order[key]}
      onChange={(event) => change({ [key]: event.currentTarget.value })}
    />
  );
  return (
    <form className="submit" onSubmit={onSubmit}>
      {text("name", "Name", "By which you find it again")}
      <FileInput
        label="Module"
        accept=".wasm,application/wasm"
        chosen={module}
        onChoose={setModule}
        onChange={quote.reset}
      />
      <FileInput label="Input" accept="" chosen={input} onChoose={setInput} onChange={quote.reset} />
      {text("tasks", "Tasks", "Into how many it splits")}
      {text("classSeconds", "Work of a task", "In seconds of a reference core: what it is paid for")}
      {text("bid", `Bid, ${currency}`, "What one task may cost at most")}
      {text("memoryMiB", "Memory, MiB", "No less than the maximum that the module declares")}
      {text("limitSeconds", "Time limit, s", "A task that runs longer is ended")}
      {text("hours", "Wanted within, h", "Until then its results are wanted")}
      <div className="submit-foot">
        {quote.data && <Quote quote={quote.data} />}
        {submit.isPending && <Progress value={sent * 100} aria-label="Sent" />}
        <Button type="submit" loading={quote.isPending || submit.isPending}>
          {quote.data ? "Submit it" : "See what it costs"}
        </Button>
        <Problem
          error={submit.error ?? quote.error}
          onDismiss={() => {
            submit.reset();
            quote.reset();
          }}
        />
      </div>
    </form>
  );
}

function Quote({ quote: { atMost, tasks, cheapest, now } }: { readonly quote: JobQuote }) {
  return (
    <output className="submit-quote">
      It costs <strong>{price(atMost)} at most</strong>, every task at its bid and checked; what it does not
      cost comes back.{" "}
      {now.tasks > 0 && now.least && now.most
        ? `${things(now.tasks, "task", "tasks")} of ${tasks} would begin at once, for ${price(now.least)} to ${price(now.most)} each.`
        : cheapest
          ? `None would begin now: the cheapest asks ${price(cheapest)} for a task.`
          : "Nobody is here now who could run it; it waits for somebody."}
    </output>
  );
}

interface FileInputProps {
  readonly label: string;
  readonly accept: string;
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen | undefined) => void;
  readonly onChange: () => void;
}

function FileInput({ label, accept, chosen, onChoose, onChange }: FileInputProps) {
  const choose = async (file: File | undefined) => {
    onChange();
    if (!file) return onChoose(undefined);
    const bytes = new Uint8Array(await file.arrayBuffer());
    onChoose({ name: file.name, bytes, digest: sha256Hex(bytes) });
  };
  return (
    <label className="submit-file">
      <span>{label}</span>
      <input
        type="file"
        accept={accept}
        onChange={(event) => void choose(event.currentTarget.files?.[0] ?? undefined)}
      />
      <small>
        {chosen
          ? `SHA-256 ${chosen.digest}`
          : label === "Input"
            ? "What every task reads; may be left out"
            : "A .wasm file"}
      </small>
    </label>
  );
}
