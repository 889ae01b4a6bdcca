import { z } from "zod";

/** One MQTT topic, without wildcards. */
export const topicSchema = z
  .string()
  .min(1)
  .refine((text) => new TextEncoder().encode(text).length <= 1024, "a topic has at most 1024 bytes")
  .refine((text) => !/[+#]/.test(text), "name one topic: the wildcards + and # are not allowed here")
  // oxlint-disable-next-line no-control-regex -- MQTT forbids them in a topic
  .refine((text) => !/[\u0000-\u001f\u007f-\u009f]/.test(text), "a topic holds no control characters");
