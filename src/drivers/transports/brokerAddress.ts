import { z } from "zod";
import { type CredentialsLookup, credentialsName, credentialsNamed } from "../credentials.ts";

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
      return complain("keep username and password as credentials, not in the URL");
    }
    if ((url.pathname !== "" && url.pathname !== "/") || url.search !== "" || url.hash !== "") {
      complain("end it after the port");
    }
  })
  .describe("The MQTT broker, like mqtt://192.168.1.10:1883; mqtts:// for TLS");

/** The keys by which hearth.yaml names a broker. */
export const brokerSchema = z.object({
  broker: brokerUrl,
  credentials: credentialsName.optional(),
  caFile: z
    .string()
    .min(1)
    .optional()
    .describe("PEM file with the certificate authority that signed the broker's certificate"),
});
type BrokerConfig = z.output<typeof brokerSchema>;

/** A broker and how to log in to it. */
export interface BrokerAddress {
  readonly broker: string;
  readonly caFile?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** @throws {HearthworkError} `config/no-credentials` when those that it names are missing */
export function brokerAddress(
  { broker, credentials, caFile }: BrokerConfig,
  context: CredentialsLookup,
): BrokerAddress {
  return { broker, caFile, ...(credentials === undefined ? {} : credentialsNamed(context, credentials)) };
}
