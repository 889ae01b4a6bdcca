import { z } from "zod";
import { brokerSchema, credentialsName } from "../../drivers/index.ts";

/** A topic, or the beginning of topics, under which we publish. */
const topic = z
  .string()
  .max(128)
  .regex(
    /^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+)*$/,
    "use letters, digits, _, - and inner slashes, like home/hearth",
  );

const mqttAlarmsSchema = z.strictObject({ ...brokerSchema.shape, topic: topic.default("hearthwork/alarms") });
export type MqttAlarmsConfig = z.output<typeof mqttAlarmsSchema>;

const webhookUrl = z
  .string()
  .max(2000)
  .superRefine((text, issues) => {
    const complain = (message: string) => issues.addIssue({ code: "custom", message });
    const url = URL.parse(text);
    if (!url || !["http:", "https:"].includes(url.protocol)) {
      return complain("write it like https://example.org/alarms");
    }
    if (url.username !== "" || url.password !== "") complain("it holds a login; name a secret instead");
    if (url.hash !== "") complain("end it before the #");
  });

const webhookSchema = z.strictObject({
  url: webhookUrl,
  credentials: credentialsName.optional(),
});
export type WebhookConfig = z.output<typeof webhookSchema>;

/** Who outside is told of alarms. */
export const alarmsSchema = z.strictObject({
  level: z.enum(["alarm", "warning"]).default("alarm"),
  mqtt: mqttAlarmsSchema.optional(),
  webhook: webhookSchema.optional(),
});

/** Home Assistant, by MQTT discovery. */
export const homeAssistantSchema = z.strictObject({
  ...brokerSchema.shape,
  prefix: topic.default("homeassistant").describe("Home Assistant's discovery prefix"),
  topicPrefix: topic
    .default("hearthwork")
    .describe("Under which we publish; each hearth of a broker has its own"),
  form: z.enum(["device", "component"]).default("device"),
  powerHours: z.number().min(0.25).max(24).default(4),
  presets: z
    .strictObject({
      awayC: z.number().min(5).max(30).optional(),
      boostK: z.number().min(0.5).max(5).default(1),
      boostMinutes: z.number().min(5).max(1440).default(60),
    })
    .prefault({}),
});
export type HomeAssistantConfig = z.output<typeof homeAssistantSchema>;

export interface OutletsConfig {
  readonly homeAssistant?: HomeAssistantConfig | undefined;
  readonly alarms?: z.output<typeof alarmsSchema> | undefined;
}
