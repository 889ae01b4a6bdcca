import { z } from "zod";

const brokerUrl = z
  .string()
  .max(300)
  .superRefine((text, issues) => {
    const complain = (message: string) => issues.addIssue({ code: "custom", message });
    const url = URL.parse(text);
    if (!url || !["mqtt:", "mqtts:"].includes(url.protocol) || url.hostname === "") {
      return complain("write it like mqtt://192.168.1.10:1883, or mqtts:// for TLS");
    }
    if (url.username !== "" || url.password !== "") {
      return complain("give username and password under their own keys, not in the URL");
    }
    if ((url.pathname !== "" && url.pathname !== "/") || url.search !== "" || url.hash !== "") {
      complain("end it after the port");
    }
  })
  .describe("The MQTT broker, like mqtt://192.168.1.10:1883; mqtts:// for TLS");

/** The keys by which hearth.yaml names a broker. */
export const brokerSchema = z.object({
  broker: brokerUrl,
  username: z.string().min(1).max(256).optional(),
  password: z.string().max(256).optional(),
  caFile: z
    .string()
    .min(1)
    .optional()
    .describe("PEM file with the certificate authority that signed the broker's certificate"),
});
export type BrokerAddress = z.output<typeof brokerSchema>;
