import { type Clock, messageOf, Seconds } from "../../../domain/index.ts";
import type { SensorDriver } from "../../../heat/index.ts";
import type { DriverContext, SensorDefinition } from "../../definition.ts";
import { httpQuestions } from "../../transports/httpQuestions.ts";
import { keepNewest, type Newest } from "../mqtt/keepNewest.ts";
import { type HttpSensorConfig, httpSensorSchema } from "./config.ts";

/** A temperature that some device tells when it is asked over HTTP, bare or in JSON. */
export const httpSensor: SensorDefinition<HttpSensorConfig> = {
  name: "http",
  summary: "A temperature from any device that answers HTTP, bare or in JSON",
  config: httpSensorSchema,
  open: async (config, context) => askingSensor(config, context),
};

/** Asks at once and every so often from then on, until it is closed. */
export function askingSensor(config: HttpSensorConfig, context: DriverContext): SensorDriver {
  const { clock } = context;
  const newest = keepNewest(config, clock);
  const ask = httpQuestions(config, context);
  const ended = new AbortController();
  let failure: string | undefined;

  const askOnce = async () => {
    try {
      take(newest, await ask({ path: config.get }, ended.signal), clock);
      failure = undefined;
    } catch (thrown) {
      failure = messageOf(thrown);
    }
  };
  const run = async () => {
    while (!ended.signal.aborted) {
      await askOnce();
      await clock.sleep(Seconds(config.everySeconds), ended.signal);
    }
  };
  const running = run();

  return {
    latest: () => newest.latest(),
    drain: () => newest.drain(),
    trouble() {
      const trouble = failure ?? newest.trouble();
      return trouble === undefined ? undefined : `${config.address.host}: ${trouble}`;
    },
    async close() {
      ended.abort();
      await running;
    },
  };
}

function take(newest: Newest, answer: unknown, clock: Clock): void {
  const payload = new TextEncoder().encode(typeof answer === "string" ? answer : JSON.stringify(answer));
  newest.onMessage({ payload, at: clock.now(), retained: false });
}
