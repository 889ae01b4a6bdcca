/** A terminal and npm may both pass on one Ctrl-C. */
const sameKeystrokeMs = 1000;

/** Resolves at the first SIGINT or SIGTERM; one that comes a second or more later ends the process at once. */
export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    const hear = (signal: NodeJS.Signals) => {
      if (askedAt !== undefined && performance.now() - askedAt > sameKeystrokeMs) process.exit(130);
      askedAt ??= performance.now();
      resolve(signal);
    };
    process.on("SIGINT", hear);
    process.on("SIGTERM", hear);
  });
}
