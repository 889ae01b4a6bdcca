import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openCredentialsFile } from "../../src/hearth/index.ts";
import { readyData } from "../readyData.ts";
import { type HearthProcess, startHearthwork } from "../e2e/hearthProcess.ts";

/** A home whose broker and pool are gone, so that nothing heats; the broker wants a login. */
const hearthYaml = `
site: { timezone: UTC, feeder: { maxWatts: 1000 }, tariff: { currency: EUR, perKwh: 0.31 } }
sinks:
  - id: closet
    sensor: { driver: mqtt, broker: "mqtt://127.0.0.1:1", topic: closet, credentials: broker }
    comfort: { setBackC: 15 }
heaters:
  - id: this-computer
    driver: this-computer
    sink: closet
    idleWatts: 5
    fullWatts: 50
    threads: 1
    pools: [{ url: "stratum+tcp://127.0.0.1:1", user: closet }]
`;

export const brokerPassword = "the broker's own hunter2";

/** A hearth in a process of its own, with its data in `folder`/data and `more` in hearth.yaml, once it says where it is. */
export async function startQuietHearth(
  folder: string,
  args: readonly string[] = [],
  more = "",
): Promise<{ readonly hearth: HearthProcess; readonly url: string }> {
  writeFileSync(join(folder, "hearth.yaml"), hearthYaml + more);
  mkdirSync(join(folder, "data"), { recursive: true, mode: 0o700 });
  if (!existsSync(join(folder, "data", "pg"))) readyData(join(folder, "data"));
  openCredentialsFile(join(folder, "data")).set("broker", { username: "hearth", password: brokerPassword });
  const hearth = startHearthwork(["hearth", "--data", "data", "--port", "0", "--json", ...args], folder);
  const [, url = ""] = await hearth.line(/(https?:\/\/[^ "]+)"/, 90_000);
  return { hearth, url };
}
