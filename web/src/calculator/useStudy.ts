import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { HomeReport } from "../../../src/energy/index.ts";
import type { HomeExtent } from "../../../src/lab/browser.ts";
import type { Answers } from "./answers.ts";
import type { StudyReply, StudyRequest } from "./messages.ts";

export interface Study {
  readonly report: HomeReport | undefined;
  /** Of the year that the report is made of. */
  readonly extent: HomeExtent;
  /** Of what is being computed, 0 … 1; undefined while nothing is. */
  readonly progress: number | undefined;
  readonly error: string | undefined;
  readonly computeYear: () => void;
  /** The same with its days planned, too: minutes instead of seconds. */
  readonly planYear: () => void;
  readonly cancel: () => void;
}

interface Result {
  readonly report: HomeReport | undefined;
  readonly extent: HomeExtent;
  readonly error: string | undefined;
}

const restMs = 300;

/** Computes in a worker what the answers come to: at once from typical days, and the whole year when it is asked for. */
export function useStudy(answers: Answers): Study {
  const worker = useRef<Worker>(undefined);
  const count = useRef(0);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [progress, setProgress] = useState<number | undefined>(0);
  const [result, setResult] = useState<Result>({
    report: undefined,
    extent: "typical days",
    error: undefined,
  });

  const end = () => {
    clearTimeout(resting.current);
    worker.current?.terminate();
    worker.current = undefined;
    setProgress(undefined);
  };
  const ask = (extent: HomeExtent, of: Answers, isPlanned = false) => {
    // Nobody waits for what was asked before.
    end();
    const id = ++count.current;
    const own = new Worker(new URL("./calculator.worker.ts", import.meta.url), { type: "module" });
    worker.current = own;
    setProgress(0);
    own.addEventListener("message", ({ data }: MessageEvent<StudyReply>) => {
      if (data.id !== id) return;
      if (data.kind === "progress") {
        setProgress(data.done / data.of);
        return;
      }
      setProgress(undefined);
      if (data.kind === "report") setResult({ report: data.report, extent, error: undefined });
      else setResult((before) => ({ ...before, error: data.message }));
    });
    own.addEventListener("error", ({ message }) => {
      setProgress(undefined);
      setResult((before) => ({ ...before, error: message || "the calculation could not be started" }));
    });
    own.postMessage({ id, answers: of, extent, isPlanned } satisfies StudyRequest, []);
  };

  const preview = useEffectEvent((of: string) => ask("typical days", JSON.parse(of) as Answers));
  const given = JSON.stringify(answers);
  useEffect(() => {
    resting.current = setTimeout(() => preview(given), restMs);
    return () => clearTimeout(resting.current);
  }, [given]);
  useEffect(() => () => worker.current?.terminate(), []);

  return {
    ...result,
    progress,
    computeYear: () => ask("whole year", answers),
    planYear: () => ask("whole year", answers, true),
    cancel: end,
  };
}
