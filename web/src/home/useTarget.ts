import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { answered, api, type Sink, type Site } from "../api.ts";
import { useShowSite } from "../useSite.ts";

const sendAfterMs = 700;

/**
 * The wanted temperature of a room as one turns it: shown at once, sent when it rests, shown as before if the
 * hearth refuses it.
 */
export function useTarget(sink: Sink) {
  const show = useShowSite();
  const [draft, setDraft] = useState<number>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pending = useRef<number>(undefined);

  const { mutate, error, reset } = useMutation({
    scope: { id: `override ${sink.id}` },
    mutationFn: (targetC: number): Promise<Site> =>
      answered(
        api.PUT("/api/v1/sinks/{id}/override", {
          params: { path: { id: sink.id } },
          body: { kind: "hold", targetC },
        }),
      ),
    onSuccess: show,
    onSettled: (_site, _error, sent) => setDraft((last) => (last === sent ? undefined : last)),
  });

  const send = useCallback(() => {
    clearTimeout(timer.current);
    const targetC = pending.current;
    pending.current = undefined;
    if (targetC !== undefined) mutate(targetC);
  }, [mutate]);
  useEffect(() => send, [send]);

  return {
    wanted: draft ?? sink.comfort.targetC,
    error,
    dismiss: reset,
    turn(targetC: number) {
      setDraft(targetC);
      pending.current = targetC;
      clearTimeout(timer.current);
      timer.current = setTimeout(send, sendAfterMs);
    },
    letGo: send,
  };
}
