import { numberIn, textIn, type CgminerRow } from "../cgminer/cgminerReply.ts";
import { openCgminerLine } from "../cgminer/cgminerLine.ts";
import { modelNamed } from "../heaters/avalon/models.ts";
import type { Finding, Probe } from "./finding.ts";

const behindPlug = "it has no driver; behind a metered plug it can be run as `plug`";

/** What answers on the port of the cgminer family says by its report `version` what it is. */
export const cgminerProbe: Probe = {
  name: "cgminer",
  speaks: "cgminer",
  async look(host, port, signal) {
    const { sections, status } = await openCgminerLine({ host, port }).ask("version", undefined, signal);
    const [version] = sections["VERSION"] ?? [];
    if (version) return findingOf(version);
    return status ? { kind: "heater", title: "A miner", note: behindPlug } : undefined;
  },
};

function findingOf(version: CgminerRow): Finding {
  const words = ["PROD", "MODEL", "Type", "Miner"].map((key) => textIn(version, key) ?? "");
  const model = words.map((word) => modelNamed(word)).find((name) => name !== undefined);
  const title = words.find((word) => word !== "") ?? "A miner";
  if (model) return { kind: "heater", title, driver: "avalon", keys: { model } };
  const firmware = Object.keys(version).find((key) => /^(BOS|LUX|BM|BT)/i.test(key)) ?? "";
  if (/^BOS/i.test(firmware)) {
    return { kind: "heater", title: `${title} on Braiins OS`, driver: "braiins", needsCredentials: true };
  }
  if (/^LUX/i.test(firmware)) return { kind: "heater", title: `${title} on LuxOS`, note: behindPlug };
  const api = numberIn(version, "API") ?? textIn(version, "API") ?? "";
  return { kind: "heater", title, note: `${behindPlug} (API ${String(api).slice(0, 20)})` };
}
