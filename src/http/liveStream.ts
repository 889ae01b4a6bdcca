import type { FastifyReply, FastifyRequest } from "fastify";

export interface LiveStreams {
  /** Answers with server-sent events until the client or the server leaves, or what let the client in ends. */
  open(request: FastifyRequest, reply: FastifyReply): void;
  /** Sends to every client that is still reading; one that lags far behind is let go. */
  send(event: string, data: unknown): void;
  /** How many listen. */
  count(): number;
  close(): void;
}

const maxStreams = 64;
const maxBacklogBytes = 256 * 1024;

/** Server-sent events to many clients. `greet` gives what a new client is told at once. */
export function liveStreams(greet: () => readonly { event: string; data: unknown }[]): LiveStreams {
  const streams = new Set<FastifyReply["raw"]>();
  const frame = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

  return {
    open(request, reply) {
      if (streams.size >= maxStreams) {
        void reply.code(503).send({ code: "api/unavailable", message: "Too many live pages are open" });
        return;
      }
      const greeting = greet();
      reply.hijack();
      const stream = reply.raw;
      stream.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        connection: "keep-alive",
      });
      stream.write("retry: 2000\n\n");
      for (const { event, data } of greeting) stream.write(frame(event, data));
      streams.add(stream);
      const end = () => {
        streams.delete(stream);
        stream.end();
      };
      const ended = request.grant?.ended;
      if (ended?.aborted) end();
      ended?.addEventListener("abort", end, { once: true });
      request.raw.once("close", () => {
        ended?.removeEventListener("abort", end);
        streams.delete(stream);
      });
      stream.once("error", () => streams.delete(stream));
    },
    send(event, data) {
      if (streams.size === 0) return;
      const text = frame(event, data);
      for (const stream of streams) {
        if (stream.writableLength > maxBacklogBytes) {
          streams.delete(stream);
          stream.destroy();
        } else stream.write(text);
      }
    },
    count: () => streams.size,
    close() {
      for (const stream of streams) stream.end();
      streams.clear();
    },
  };
}
