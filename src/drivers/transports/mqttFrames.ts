import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { HearthworkError } from "../../domain/index.ts";

/** A control packet that was too long and so was dropped as it came in. */
export interface DroppedFrame {
  readonly bytes: number;
  /** The topic, if it was a PUBLISH with a readable one. */
  readonly topic: string | undefined;
}

export interface FrameLimit {
  /** The longest body of a packet that is let through, bytes. */
  readonly longest: number;
  readonly onDropped: (frame: DroppedFrame) => void;
}

/** Takes bytes as they arrive; gives those of packets within the limit, whole or in parts, in order. */
export type FrameFilter = (chunk: Uint8Array) => Uint8Array[];

const publish = 3;
const longestTopic = 1024;
/** The topic's length and the topic. */
const headBytes = 2 + longestTopic;

interface Body {
  readonly type: number;
  readonly bytes: number;
  left: number;
  /** The beginning of a body that is dropped. */
  readonly head: number[] | undefined;
}

/**
 * Lets MQTT control packets through up to a length and drops longer ones without keeping them, so that
 * what somebody publishes never decides how much memory is used. (MQTT 3.1.1, section 2.2: fixed header.)
 * Its filter throws `mqtt/malformed` on a length of more than four bytes: the stream is not MQTT.
 */
export function frameFilter(limit: FrameLimit): FrameFilter {
  let header: number[] = [];
  let body: Body | undefined;

  const end = ({ type, bytes, head }: Body) => {
    if (head) limit.onDropped({ bytes, topic: type >> 4 === publish ? topicIn(head) : undefined });
    header = [];
    body = undefined;
  };

  return (chunk) => {
    const passed = runsOf(chunk);
    let at = 0;
    while (at < chunk.length) {
      if (body) {
        const start = at;
        at = Math.min(chunk.length, at + body.left);
        body.left -= at - start;
        if (!body.head) passed.add(start, at);
        else body.head.push(...chunk.subarray(start, Math.min(at, start + headBytes - body.head.length)));
      } else {
        header.push(chunk[at++] as number);
        const bytes = lengthIn(header);
        if (bytes === undefined) continue;
        body = {
          type: header[0] as number,
          bytes,
          left: bytes,
          head: bytes > limit.longest ? [] : undefined,
        };
        if (!body.head && header.length > at) passed.insert(Uint8Array.from(header.slice(0, -at)));
        if (!body.head) passed.add(Math.max(0, at - header.length), at);
      }
      if (body.left === 0) end(body);
    }
    return passed.all();
  };
}

/** The remaining length in a fixed header; undefined while the header is incomplete. */
function lengthIn(header: readonly number[]): number | undefined {
  if (header.length === 1) return undefined;
  if ((header.at(-1) as number) >= 0x80) {
    if (header.length > 4)
      throw new HearthworkError({ code: "mqtt/malformed", message: "it speaks no MQTT" });
    return undefined;
  }
  return header.slice(1).reduce((sum, part, index) => sum + (part & 0x7f) * 128 ** index, 0);
}

/** Parts of a chunk; adjoining ones become one. */
function runsOf(chunk: Uint8Array) {
  const runs: Uint8Array[] = [];
  let start = 0;
  let end = 0;
  const flush = () => {
    if (end > start) runs.push(chunk.subarray(start, end));
  };
  return {
    add(from: number, to: number) {
      if (from !== end) {
        flush();
        start = from;
      }
      end = to;
    },
    insert: (bytes: Uint8Array) => runs.push(bytes),
    all() {
      flush();
      return runs;
    },
  };
}

function topicIn(head: readonly number[]): string | undefined {
  const [high = 0, low = 0] = head;
  const length = high * 256 + low;
  return length > longestTopic ? undefined : Buffer.from(head.slice(2, 2 + length)).toString("utf8");
}

/** The socket, with the packets that come in on it limited in length. */
export function limitFrames(socket: Socket, limit: FrameLimit): Duplex {
  const filter = frameFilter(limit);
  const limited = new Duplex({
    read: () => {
      socket.resume();
    },
    write: (chunk: Uint8Array, _encoding, done) => {
      socket.write(chunk, done);
    },
    final: (done) => {
      socket.end(done);
    },
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  socket.on("data", (chunk: Uint8Array) => {
    try {
      for (const part of filter(chunk)) if (!limited.push(part)) socket.pause();
    } catch (error) {
      limited.destroy(error as Error);
    }
  });
  socket.on("end", () => limited.push(null));
  socket.on("error", (error) => limited.destroy(error));
  socket.on("close", () => limited.destroy());
  return limited;
}
