/** What is known of the connection; times are of the browser's monotonic clock, ms. */
export interface LinkFacts {
  readonly streamOpen: boolean;
  readonly pollFailed: boolean;
  /** When the server was last heard, by stream or by poll. */
  readonly heardAtMs: number | undefined;
  /** When what it does was last seen to go on. */
  readonly tickedAtMs: number | undefined;
}

export type Link =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  | { readonly kind: "polling" }
  /** Nothing is heard. */
  | { readonly kind: "lost" }
  /** The server answers, but what it does stands still. */
  | { readonly kind: "old"; readonly seconds: number };

/** A hearth's round is 10 s, and an exchange is silent for no longer; two late is silence, three is a standstill. */
export const silentAfterMs = 22_000;
const oldAfterMs = 35_000;

export function linkOf(facts: LinkFacts, nowMs: number): Link {
  const { heardAtMs, tickedAtMs, streamOpen, pollFailed } = facts;
  if (heardAtMs === undefined || tickedAtMs === undefined) {
    return { kind: pollFailed ? "lost" : "connecting" };
  }
  if (pollFailed && !isHeard(facts, nowMs)) return { kind: "lost" };
  if (nowMs - tickedAtMs > oldAfterMs) return { kind: "old", seconds: (nowMs - tickedAtMs) / 1000 };
  return { kind: streamOpen ? "live" : "polling" };
}

/** Whether the stream alone keeps the page up to date. */
export const isHeard = ({ streamOpen, heardAtMs }: LinkFacts, nowMs: number): boolean =>
  streamOpen && heardAtMs !== undefined && nowMs - heardAtMs < silentAfterMs;

export interface LiveStream<Value> {
  readonly onValue: (value: Value) => void;
  readonly onOpen: (open: boolean) => void;
}

const reopenAfterMs = { first: 1_000, longest: 15_000 };

/** Follows live updates of one kind, opening the stream again whenever it ends. Gives what ends it. */
export function followLive<Value>(
  url: string,
  event: string,
  { onValue, onOpen }: LiveStream<Value>,
): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = reopenAfterMs.first;

  const open = () => {
    const opened = new EventSource(url);
    source = opened;
    opened.addEventListener(event, ({ data }: MessageEvent<string>) => {
      pauseMs = reopenAfterMs.first;
      onValue(JSON.parse(data) as Value);
    });
    opened.addEventListener("open", () => onOpen(true));
    opened.addEventListener("error", () => {
      opened.close();
      onOpen(false);
      clearTimeout(timer);
      timer = setTimeout(open, pauseMs);
      pauseMs = Math.min(pauseMs * 2, reopenAfterMs.longest);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/** Calls `use` with the newest value at most once per `everyMs`; the last value is never left out. */
export function atMostEvery<Value>(everyMs: number, use: (value: Value) => void) {
  let waiting: { value: Value } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const release = () => {
    timer = undefined;
    if (!waiting) return;
    const { value } = waiting;
    waiting = undefined;
    timer = setTimeout(release, everyMs);
    use(value);
  };
  return {
    push(value: Value) {
      waiting = { value };
      if (timer === undefined) release();
    },
    stop: () => clearTimeout(timer),
  };
}
