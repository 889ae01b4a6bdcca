import { z } from "zod";
import { credentialsName } from "../credentials.ts";

const address = z
  .string()
  .min(1)
  .max(300)
  .transform((text, issues): URL => {
    const complain = (message: string) => {
      issues.addIssue({ code: "custom", message });
      return z.NEVER;
    };
    const url = URL.parse(text.includes("://") ? text : `http://${text}`);
    if (!url || !["http:", "https:"].includes(url.protocol) || url.hostname === "") {
      return complain("write it like 192.168.1.20, miner.local:8080 or https://miner.local");
    }
    if (url.username !== "" || url.password !== "") {
      return complain("keep passwords out of it: name an entry of the credentials file under `credentials`");
    }
    if (url.pathname !== "/" || url.search !== "" || url.hash !== "")
      return complain("end it after the port");
    return url;
  })
  .describe("The device in the home's network, like 192.168.1.20 or http://miner.local:8080");

/** The keys by which hearth.yaml names a device that speaks HTTP. */
export const httpDeviceSchema = z.object({ address, credentials: credentialsName.optional() });
