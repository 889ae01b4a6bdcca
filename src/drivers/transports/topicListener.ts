import type { Instant } from "../../domain/index.ts";

/** What came in on a topic. */
export interface TopicMessage {
  readonly payload: Uint8Array;
  /** When it arrived. A retained message was published at some time before. */
  readonly at: Instant;
  readonly retained: boolean;
}

export interface TopicListener {
  onMessage(message: TopicMessage): void;
  /** A message of more than 64 KiB was dropped unread. */
  onOversize(bytes: number): void;
}
