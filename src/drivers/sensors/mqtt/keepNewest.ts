import { between, type Clock, Seconds } from "../../../domain/index.ts";
import type { SensorReading } from "../../../heat/index.ts";
import type { TopicListener, TopicMessage } from "../../transports/topicListener.ts";
import type { MqttSensorConfig } from "./config.ts";
import { readPayload } from "./readPayload.ts";

/** A timestamp may be this far ahead of our clock; it then counts as now. */
const clockSkew = Seconds(60);
/** A silence of this length is told in words; whether a value is still good is for its reader to say. */
const quietAfter = Seconds(300);
/** Of the readings since the last `drain`; the oldest give way. */
const keptUntilDrained = 1000;

export type NewestFormat = Pick<MqttSensorConfig, "path" | "timePath" | "unit">;

/** A topic's newest good value, and what is wrong with what came since. */
export interface Newest extends TopicListener {
  latest(): SensorReading | undefined;
  drain(): readonly SensorReading[];
  trouble(): string | undefined;
}

interface Kept {
  readonly reading: SensorReading;
  /** How old it was when it arrived, and when that was on the monotonic clock, s. */
  readonly ageAtArrival: number;
  readonly arrivedAt: number;
}

type Remark = { readonly why: string; readonly grave: boolean };

/** Keeps the newest value, a bounded queue of those not yet drained and one remark, however much arrives. */
export function keepNewest(format: NewestFormat, clock: Clock): Newest {
  let kept: Kept | undefined;
  let remark: Remark | undefined;
  let undrained: SensorReading[] = [];

  const take = ({ payload, at, retained }: TopicMessage): Remark | undefined => {
    const read = readPayload(payload, format);
    if (read.kind !== "value") return { why: read.why, grave: read.kind === "bad" };
    const value = inCelsius(read.value, format.unit);
    const { measuredAt } = read;
    if (measuredAt === undefined && retained) {
      return { why: `only a retained value of unknown age so far: ${value.toFixed(1)} °C`, grave: false };
    }
    const lead = measuredAt === undefined ? 0 : between(at, measuredAt);
    if (lead > clockSkew) return { why: `its clock is ${Math.round(lead)} s ahead of ours`, grave: true };
    const reading = { at: measuredAt === undefined || lead > 0 ? at : measuredAt, value };
    if (retained && kept && kept.reading.at >= reading.at) return remark;
    kept = { reading, ageAtArrival: between(reading.at, at), arrivedAt: clock.monotonic() };
    undrained.push(reading);
    if (undrained.length > keptUntilDrained) undrained.shift();
    return undefined;
  };
  /** Neither a jump of the wall clock nor a sleep of the computer makes it look younger. */
  const age = ({ reading, ageAtArrival, arrivedAt }: Kept) =>
    Math.max(between(reading.at, clock.now()), ageAtArrival + clock.monotonic() - arrivedAt);

  return {
    onMessage(message) {
      remark = take(message);
    },
    onOversize(bytes) {
      remark = { why: `its message of ${bytes} bytes is too long`, grave: true };
    },
    latest: () => kept?.reading,
    drain() {
      const readings = undrained;
      undrained = [];
      return readings;
    },
    trouble() {
      if (remark?.grave) return remark.why;
      if (!kept) return remark?.why ?? "no value yet";
      const seconds = Math.round(age(kept));
      return seconds > quietAfter ? (remark?.why ?? `no value for ${seconds} s`) : undefined;
    },
  };
}

const inCelsius = (value: number, unit: NewestFormat["unit"]) =>
  unit.endsWith("F") ? ((value - 32) * 5) / 9 : value;
