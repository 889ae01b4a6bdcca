import { seededRandom, type Random, Seconds, Watts, Celsius, SinkId } from "../domain/index.ts";
import type { ControlConfig, Fallback } from "./controlConfig.ts";
import type { Cause, ControlOutput } from "./controlOutput.ts";
import { dayAndNight, heaterOf, Home, levels, range, sinkOf, siteOf, traitsOf } from "./home.suite.ts";
import { isStep, stepsOf } from "./steps.ts";

/** May stop a heater, or change it, at any time. */
const urgentCauses = new Set<Cause>([
  "feeder",
  "stopped-by-owner",
  "no-temperature",
  "fallback",
  "sensor-lost",
  "sensor-frozen",
  "room-too-hot",
  "device-too-hot",
  "silent",
]);

/** A random site with a random life, whose every round is held against the laws of the hearth. */
export function liveThrough(
  seed: number,
  ticks: number,
): { readonly starts: number; readonly alarms: Set<string> } {
  const random = seededRandom(seed);
  const home = new Home(randomSite(random), { air: 15 + 8 * random.next(), fabric: 15 + 5 * random.next() });
  const watch = newWatch(home);
  for (let tick = 0; tick < ticks; tick++) {
    disturb(home, random);
    if (random.next() < 0.002) {
      home.restart(1 + random.integer(600));
    }
    const jump = random.next() < 0.003 ? Math.round((random.next() - 0.5) * 20_000) : 0;
    const dt = random.next() < 0.01 ? 1 + random.integer(300) : 10;
    watch.before();
    const output = home.tick(dt, jump);
    try {
      watch.check(output);
    } catch (thrown) {
      throw new Error(`seed ${seed}, tick ${tick}: ${String(thrown)}`, { cause: thrown });
    }
  }
  return watch.seen;
}

function randomSite(random: Random): ControlConfig {
  const pick = <T>(of: readonly T[]): T => of[random.integer(of.length)] as T;
  const sinks = Array.from({ length: 1 + random.integer(2) }, (_, index) => {
    const fallback: Fallback =
      random.next() < 0.5 ? { kind: "stop" } : { kind: "run", watts: Watts(400), atMost: Seconds(1800) };
    const limits = { maxC: Celsius(random.next() < 0.5 ? 21.5 : 26), minC: Celsius(5) };
    return sinkOf(`room-${index}`, { comfort: dayAndNight, limits, fallback });
  });
  const heaters = Array.from({ length: 1 + random.integer(4) }, (_, index) => {
    const steps = pick([
      levels(60, 90, 125),
      levels(800),
      range(200, 1500, 25),
      levels(300, 600, 1000),
      range(90, 400, 1),
    ]);
    return heaterOf(`heater-${index}`, steps, {
      sink: SinkId(`room-${random.integer(sinks.length)}`),
      traits: { ...traitsOf(steps, pick([0, 20, 45, 300])), canStop: random.next() < 0.8 },
      minOn: Seconds(pick([0, 60, 300])),
      minOff: Seconds(pick([0, 60, 180])),
      heatShare: pick([1, 0.7]),
    });
  });
  return siteOf(heaters, {
    sinks,
    feeder: { maxWatts: Watts(pick([900, 1600, 2500])) },
    stagger: Seconds(pick([0, 30, 60])),
  });
}

/** Now and then something goes wrong, and after a while right again. */
function disturb(home: Home, random: Random): void {
  const happens = (perTick: number) => random.next() < perTick;
  if (happens(0.01)) {
    const wrong = [undefined, Number.NaN, 85, -127, 0, 40, 12];
    const value = wrong[random.integer(wrong.length)];
    home.sense = happens(0.5) ? () => value : ({ air }) => (random.next() < 0.5 ? value : air);
  }
  if (happens(0.02)) home.sense = ({ air }) => air + 0.1 * random.normal();
  if (happens(0.001)) home.outdoor = -10 + 25 * random.next();
  for (const device of home.devices.values()) {
    if (happens(0.004)) device.answers = false;
    if (happens(0.05)) device.answers = true;
    if (happens(0.002)) device.drawsInstead = random.integer(2000);
    if (happens(0.002)) device.says = random.next() < 0.2 ? Number.NaN : random.integer(2500) - 50;
    if (happens(0.002)) device.obeys = false;
    if (happens(0.002)) device.temperature = 91;
    if (happens(0.002)) device.busy = "calibrating";
    if (happens(0.002)) device.faults = ["a fan stands still"];
    if (happens(0.03)) {
      Object.assign(device, {
        drawsInstead: undefined,
        says: undefined,
        obeys: true,
        busy: undefined,
        temperature: 40,
        faults: [],
      });
    }
  }
  if (happens(0.005)) {
    const stopped = home.config.heaters.filter(() => random.next() < 0.2).map(({ id }) => id);
    home.owner = { ...home.owner, stoppedHeaters: stopped };
  }
}

interface Run {
  on: boolean;
  watts: number;
  switchedAt: number;
  changedAt: number;
  silentSince: number | undefined;
}

function newWatch(home: Home) {
  const { config } = home;
  const runs = new Map<string, Run>(
    config.heaters.map(({ id }) => [
      id,
      { on: false, watts: 0, switchedAt: 0, changedAt: -Infinity, silentSince: undefined },
    ]),
  );
  const seen = { starts: 0, alarms: new Set<string>() };
  let lastStart = -Infinity;
  let strangers = new Set<string>();
  let open = new Set<string>();

  const demand = (holds: boolean, law: string) => {
    if (!holds) throw new Error(law);
  };

  function checkHeater(output: ControlOutput, index: number): void {
    const heater = config.heaters[index];
    const decision = output.decisions[index];
    const run = heater && runs.get(heater.id);
    if (!heater || !decision || !run) throw new Error("a heater without a decision");
    const { watts, workload } = decision.setpoint;
    const device = home.device(heater.id);
    const since = (then: number) => home.elapsed - then;
    demand(decision.heaterId === heater.id, "decisions come in the configuration's order");
    demand(isStep(stepsOf(heater.traits), watts), `${watts} W is no step of ${heater.id}`);
    demand(watts > 0 === (workload === "mining"), "it mines when it heats");
    demand(decision.reason.length > 5, "a reason is given");
    const isUrgent = urgentCauses.has(decision.cause);
    const isMet = strangers.has(heater.id);
    if (watts > 0 && !run.on && !isMet) {
      demand(since(run.switchedAt) >= heater.minOff, `${heater.id} rests its minimum time`);
      demand(since(lastStart) >= config.stagger, "heaters start one after the other");
      lastStart = home.elapsed;
      seen.starts++;
    }
    if (watts === 0 && run.on && !isUrgent && !isMet) {
      demand(
        since(run.switchedAt) >= heater.minOn,
        `${heater.id} runs its minimum time (${decision.reason})`,
      );
      demand(heater.traits.canStop, `${heater.id} cannot stop by itself`);
    }
    if (watts !== run.watts && !isMet && !(isUrgent && watts < run.watts)) {
      demand(since(run.changedAt) >= heater.traits.settle, `${heater.id} settles first (${decision.reason})`);
    }
    if (run.on !== watts > 0) run.switchedAt = home.elapsed;
    if (run.watts !== watts) run.changedAt = home.elapsed;
    Object.assign(run, { on: watts > 0, watts });
    run.silentSince = device.answers ? undefined : (run.silentSince ?? home.elapsed);
    const isSilent = run.silentSince !== undefined && since(run.silentSince) > 60;
    demand(!(watts > 0 && isSilent), "a silent heater is asked for nothing");
    demand(!(watts > 0 && home.owner.stoppedHeaters.includes(heater.id)), "the owner's stop stands");
    const heat = device.answers && Number.isFinite(device.says ?? 0) ? device.temperature : undefined;
    demand(!(watts > 0 && (heat ?? 0) >= 90), "a device that is too hot is off");
  }

  function checkSink(output: ControlOutput, index: number): void {
    const [sink, status] = [config.sinks[index], output.sinks[index]];
    if (!sink || !status) throw new Error("a sink without a status");
    const asked = output.decisions.filter((_, at) => config.heaters[at]?.sink === sink.id);
    const watts = asked.reduce((sum, { setpoint }) => sum + setpoint.watts, 0);
    const raw = output.state.sinks[sink.id]?.estimate.sensor.raw ?? -Infinity;
    demand(
      !(watts > 0 && raw > sink.limits.maxC && status.sensor !== "lost"),
      "nothing heats what is too hot",
    );
    demand(
      !(watts > 0 && (status.estimate ?? 0) > sink.limits.maxC),
      "nothing heats what is believed too hot",
    );
    if (status.sensor === "lost" || status.sensor === "absurd") {
      const most = sink.fallback.kind === "stop" ? 0 : sink.fallback.watts;
      demand(watts <= most, `without a sensor at most the fallback heats, not ${watts} W`);
      const unbelieved = output.state.sinks[sink.id]?.estimate.sensor.unbelievedFor ?? 0;
      const end = sink.sensor.lostAfter + (sink.fallback.kind === "run" ? sink.fallback.atMost : 0);
      demand(watts === 0 || unbelieved < end, "a fallback ends");
    }
  }

  function checkFeeder(output: ControlOutput, before: ReadonlyMap<string, number>): void {
    const may = (watts: (index: number) => number) =>
      config.heaters.reduce((sum, { id, traits }, index) => {
        const device = home.device(id);
        const said = device.answers ? (device.says ?? device.lastRead?.watts ?? Number.NaN) : Number.NaN;
        return sum + (Number.isFinite(said) ? Math.max(said, watts(index)) : traits.maxWatts);
      }, 0);
    const planned = may((index) => output.decisions[index]?.setpoint.watts ?? 0);
    const raised = output.decisions.some(
      ({ setpoint, heaterId }) => !strangers.has(heaterId) && setpoint.watts > (before.get(heaterId) ?? 0),
    );
    const cap = config.feeder.maxWatts;
    demand(!(raised && planned > cap + 1e-6), `nothing is raised over the feeder's ${cap} W to ${planned} W`);
    const heard = output.decisions.filter(({ heaterId }) => home.device(heaterId).answers);
    const isAlarmed = output.alarms.some(({ code }) => code === "feeder/exceeded");
    demand(planned <= cap * 1.01 + 1e-6 || isAlarmed, `an alarm tells of ${planned} W`);
    const asked = heard.reduce((sum, { setpoint }) => sum + setpoint.watts, 0);
    demand(asked <= cap, "what is asked for fits");
    const isHonest = [...home.devices.values()].every(
      (device) => device.answers && device.obeys && (device.says ?? device.drawsInstead) === undefined,
    );
    if (isHonest && !raised && !isAlarmed) demand(planned <= cap * 1.01, "honest devices stay under the cap");
  }

  function checkEvents({ events, alarms }: ControlOutput): void {
    const now = new Set(alarms.map(({ code, subject }) => `${code} ${subject}`));
    for (const { code, subject, message } of events) {
      demand(message.length > 10, "an event has a message");
      const cleared = code.replace(/-cleared$/, "");
      if (cleared !== code) demand(open.delete(`${cleared} ${subject}`), `${code} was never raised`);
      else if (!/^(clock|loop)\//.test(code)) {
        demand(!open.has(`${code} ${subject}`), `${code} is raised twice`);
        open.add(`${code} ${subject}`);
        seen.alarms.add(code);
      }
    }
    demand(open.size === now.size && [...open].every((key) => now.has(key)), "open alarms are those raised");
  }

  return {
    seen,
    /** Heaters that the hearth has not met since it started may turn out to run, or not to. */
    before() {
      strangers = new Set(config.heaters.map(({ id }) => id).filter((id) => home.state.heaters[id]?.strange));
    },
    check(output: ControlOutput) {
      const before = new Map([...runs].map(([id, { watts }]) => [id, watts]));
      checkFeeder(output, before);
      config.heaters.forEach((_, index) => checkHeater(output, index));
      config.sinks.forEach((_, index) => checkSink(output, index));
      checkEvents(output);
      demand(
        JSON.stringify(JSON.parse(JSON.stringify(output.state))) === JSON.stringify(output.state),
        "plain data",
      );
      demand(!/null,null|NaN/.test(JSON.stringify(output.state.heaters)), "finite numbers");
    },
  };
}
