import { z } from "zod";
import { topicSchema } from "./topic.ts";

/** The keys by which hearth.yaml names a device with Tasmota at its broker. */
export const tasmotaTopicKeys = {
  topic: topicSchema.describe("The device's own topic, as its page shows it under MQTT: tasmota_1A2B3C"),
  fullTopic: z
    .string()
    .max(256)
    .default("%prefix%/%topic%/")
    .refine((text) => text.includes("%prefix%") && text.includes("%topic%"), "must hold %prefix% and %topic%")
    .describe("As its page shows it under MQTT, where it was changed"),
};

/** Where it hears (`cmnd`), answers (`stat`) and tells by itself (`tele`). */
export function tasmotaTopic(
  { topic, fullTopic }: { readonly topic: string; readonly fullTopic: string },
  prefix: "cmnd" | "stat" | "tele",
  last: string,
): string {
  const full = fullTopic.replaceAll("%prefix%", prefix).replaceAll("%topic%", topic);
  return `${full.endsWith("/") ? full : `${full}/`}${last}`;
}
