import { connect } from "node:net";

/** What a port says to a knock: somebody listens, nobody does, or nothing at all. */
export type Knock = "open" | "closed" | "silent";

/** Opens a TCP connection and closes it at once; sends nothing. */
export function knock(host: string, port: number, withinMs: number, signal: AbortSignal): Promise<Knock> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer: Knock) => {
      signal.removeEventListener("abort", onAbort);
      clearTimeout(timer);
      // Only then its place is free for another.
      socket.once("close", () => resolve(answer));
      socket.destroy();
    };
    const onAbort = () => end("silent");
    // By its own timer: a socket's begins only once it is connected.
    const timer = setTimeout(() => end("silent"), withinMs);
    socket.on("connect", () => end("open"));
    socket.on("error", ({ code }: NodeJS.ErrnoException) =>
      end(code === "ECONNREFUSED" ? "closed" : "silent"),
    );
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
