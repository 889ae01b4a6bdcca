import { availableParallelism } from "node:os";
import { pino } from "pino";
import { boundedRunner, homesOnNetwork, openNetwork } from "../../src/lab/index.ts";
import { wasmRunner } from "../../src/runtimes/index.ts";
import { openStore } from "../../src/store/index.ts";

/** A virtual home in a process of its own, so that it can be killed: NAME ADDRESS FOLDER DATABASE. */
const [name = "", exchange = "", folder = "", url = ""] = process.argv.slice(2);
const network = await openNetwork({
  homes: homesOnNetwork.filter((home) => home.name === name),
  exchange,
  currency: "EUR",
  speed: 60,
  seed: 1,
  folder,
  storeOf: () => openStore({ url }),
  runner: boundedRunner(wasmRunner(), { atOnce: availableParallelism() }),
  log: pino({ level: "silent" }),
});
while (network.homes[0]?.live.hearth.view().exchange?.state !== "joined") {
  await new Promise((resolve) => setTimeout(resolve, 200));
}
process.stdout.write("joined as a home\n");
