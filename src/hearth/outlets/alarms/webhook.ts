import { createHmac } from "node:crypto";
import { HearthworkError, messageOf } from "../../../domain/index.ts";
import { askDone, credentialsNamed } from "../../../drivers/index.ts";
import type { WebhookConfig } from "../../config/outletsConfig.ts";
import type { OutletContext } from "../outlet.ts";
import type { AlarmWay } from "./alarmOutlet.ts";
import type { Delivery } from "./noticeQueue.ts";

const withinMs = 10_000;
const longestReply = 65_536;

/**
 * Posts each notice as JSON to the owner's own URL. Where a secret is named, `hearthwork-signature` is `v1=` and the
 * HMAC-SHA256 in hex, by that secret, of the timestamp, a full stop and the body.
 */
export function webhook({ url, credentials }: WebhookConfig, site: string, context: OutletContext): AlarmWay {
  const address = new URL(url);
  return {
    async deliver(notice, signal) {
      const body = { site, ...notice };
      const timestamp = String(Math.floor(context.clock.now() / 1000));
      try {
        const signature =
          credentials === undefined
            ? {}
            : {
                "hearthwork-signature": signatureOf(
                  credentialsNamed(context, credentials).password,
                  timestamp,
                  JSON.stringify(body),
                ),
              };
        const headers = {
          "user-agent": `hearthwork/${context.version}`,
          "hearthwork-timestamp": timestamp,
          ...signature,
        };
        const path = `${address.pathname}${address.search}`;
        const request = { method: "POST", path, headers, body } as const;
        await askDone(new URL(address.origin), request, signal, { withinMs, longest: longestReply });
        return { outcome: "delivered" };
      } catch (thrown) {
        return failure(thrown);
      }
    },
  };
}

const signatureOf = (secret: string, timestamp: string, body: string) =>
  `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;

/** What can be read no better at the next try is not tried again: the other side has the notice. */
const final = new Set(["device/refused", "device/too-long", "device/garbage"]);

function failure(thrown: unknown): Delivery {
  const isFinal = thrown instanceof HearthworkError && final.has(thrown.code);
  return { outcome: isFinal ? "refused" : "later", why: messageOf(thrown) };
}
