import { HearthworkError } from "../../domain/index.ts";
import { type JsonPath, valueAt } from "../jsonPath.ts";
import type { BrokerAddress } from "./brokerAddress.ts";
import type { Brokers, Subscription } from "./brokers.ts";
import { inTime } from "./inTime.ts";
import { takeTurns } from "./takeTurns.ts";

const withinMs = 5000;

/** What a device that speaks MQTT is asked or told, as data. */
export interface MqttQuestion {
  readonly topic: string;
  readonly payload: string;
  /** Where it answers; without it nothing is waited for. */
  readonly reply?: { readonly topic: string; readonly paths: readonly JsonPath[] } | undefined;
}

export interface MqttQuestions {
  /**
   * Asks one question at a time and gives the JSON of the first answer in which something lies at one of its paths.
   * What a broker retained answers nothing.
   * @throws {HearthworkError} `device/no-answer` when the signal aborts before, `broker/away`; worth trying later
   */
  ask(question: MqttQuestion, signal: AbortSignal): Promise<unknown>;
  close(): Promise<void>;
}

/** Listens at all the topics on which a device answers from now on. */
export function mqttQuestions(
  brokers: Brokers,
  address: BrokerAddress,
  replyTopics: readonly string[],
): MqttQuestions {
  const inTurn = takeTurns();
  const waiting = new Set<(topic: string, document: unknown) => void>();
  const subscriptions = [...new Set(replyTopics)].map((topic) =>
    brokers.subscribe(address, topic, {
      onMessage({ payload, retained }) {
        if (retained) return;
        const document = documentIn(payload);
        for (const take of waiting) take(topic, document);
      },
      onOversize: () => {},
    }),
  );
  const [first] = subscriptions;
  if (!first) throw new Error("a device without a topic to answer on");

  async function exchange(question: MqttQuestion, signal: AbortSignal): Promise<unknown> {
    const { topic, payload, reply } = question;
    await first?.publish(topic, payload, signal);
    // No answer is missed: nothing more is read from a socket before this has gone on.
    return reply && waitFor(reply, signal);
  }

  function waitFor(
    { topic, paths }: NonNullable<MqttQuestion["reply"]>,
    signal: AbortSignal,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const end = () => {
        waiting.delete(take);
        signal.removeEventListener("abort", onAbort);
      };
      const take = (from: string, document: unknown) => {
        if (from !== topic || !paths.some((path) => valueAt(document, path) !== undefined)) return;
        end();
        resolve(document);
      };
      const onAbort = () => {
        end();
        reject(noAnswer(topic, subscriptions));
      };
      waiting.add(take);
      if (signal.aborted) onAbort();
      else signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  return {
    ask: (question, signal) =>
      inTurn(() => inTime(withinMs, signal, (limited) => exchange(question, limited)), signal),
    async close() {
      for (const subscription of subscriptions) await subscription.close();
    },
  };
}

function documentIn(payload: Uint8Array): unknown {
  const text = new TextDecoder().decode(payload);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function noAnswer(topic: string, subscriptions: readonly Subscription[]): HearthworkError {
  const trouble = subscriptions
    .map((subscription) => subscription.trouble())
    .find((why) => why !== undefined);
  const why = trouble ?? `nothing answered on ${topic} in time; is the device on, and its topic right?`;
  return new HearthworkError({ code: "device/no-answer", message: why, retry: "later" });
}
