import { Instant } from "../domain/index.ts";
import { isBackup } from "./backup.ts";
import type { Cause, ControlOutput } from "./controlOutput.ts";
import { type Home, levels } from "./home.suite.ts";
import { dearnessOf, hushAt } from "./quiet.ts";
import { highestStep, isStep, lowestStep, narrowSteps, stepsOf } from "./steps.ts";
import { trustedSteps } from "./trial.ts";

/** May stop a heater, or change it, at any time. */
const urgentCauses = new Set<Cause>([
  "feeder",
  "quiet",
  "dear",
  "flapping",
  "unguarded",
  "stopped-by-owner",
  "no-temperature",
  "fallback",
  "sensor-lost",
  "sensor-frozen",
  "sink-too-hot",
  "device-too-hot",
  "silent",
]);

/** Wishes that frost outranks. */
const frostOutranks = new Set<Cause>([
  "comfort",
  "disinfection",
  "stopped-by-owner",
  "quiet",
  "dear",
  "owner-power",
  "plan",
]);

interface Run {
  on: boolean;
  watts: number;
  switchedAt: number;
  changedAt: number;
  /** Taken for off since then, without a word to the device, which has not answered yet. */
  offUnseenAt?: number | undefined;
  silentSince: number | undefined;
}

/** The laws of the hearth, to which each round of a home is held. */
export function newWatch(home: Home) {
  const { config } = home;
  const runs = new Map<string, Run>(
    config.heaters.map(({ id }) => [
      id,
      { on: false, watts: 0, switchedAt: 0, changedAt: -Infinity, silentSince: undefined },
    ]),
  );
  const startedAt = new Map<string, number[]>();
  const seen = { starts: 0, alarms: new Set<string>() };
  let lastStart = -Infinity;
  let strangers = new Set<string>();
  let sinksBefore = home.state.sinks;
  const shortBefore = (sinkId: string) => sinksBefore[sinkId]?.shortFor ?? 0;
  let open = new Set<string>();

  const demand = (holds: boolean, law: string) => {
    if (!holds) throw new Error(law);
  };

  /** Frost protection needs a temperature to act by. */
  function frostOf({ state, sinks }: ControlOutput, sinkId: string): boolean {
    const sensor = sinks.find(({ id }) => id === sinkId)?.sensor;
    const memory = state.sinks[sinkId];
    const isKnown = memory?.estimate.sensor.isBelieved === true && (sensor === "fresh" || sensor === "late");
    return isKnown && memory.frost !== null;
  }

  /** By what was remembered of the round before: too little for long, far too cold, or nothing else that heats. */
  function isCalled(output: ControlOutput, sinkId: string): boolean {
    const status = output.sinks.find(({ id }) => id === sinkId);
    const own = output.heaters.filter((_, at) => {
      const other = config.heaters[at];
      return other?.sink === sinkId && !isBackup(other);
    });
    const isAble = own.some(({ state, trial }) => {
      return ["off", "heating", "settling"].includes(state) && !["waiting", "failed"].includes(trial.status);
    });
    const { target = 0, band = 0, source } = status?.comfort ?? {};
    const isCold = (status?.estimate ?? Infinity) < target - band - 0.8;
    return !isAble || isCold || source === "disinfection" || shortBefore(sinkId) >= 2700;
  }

  /** It cannot stop by itself and takes none of the powers that it is trusted with: no order would change it. */
  function isStuck(output: ControlOutput, index: number): boolean {
    const heater = config.heaters[index];
    const trial = output.heaters[index]?.trial;
    if (!heater || heater.traits.canStop || !trial) return false;
    const { available } = home.device(heater.id).tells;
    return (
      available !== undefined && highestStep(narrowSteps(trustedSteps(heater.traits, trial), available)) === 0
    );
  }

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
    const works = isBackup(heater) ? "heating" : "mining";
    demand(workload === (watts > 0 ? works : "idle"), "it does what it is for when it heats");
    if (isBackup(heater) && watts > 0 && !run.on && decision.cause === "comfort") {
      demand(
        isCalled(output, heater.sink),
        `a backup comes on when heaters do not suffice (${decision.reason})`,
      );
    }
    demand(decision.reason.length > 5, "a reason is given");
    const isMet = strangers.has(heater.id);
    const isFrost = frostOf(output, heater.sink);
    const hush = isFrost
      ? undefined
      : (dearnessOf(heater.priceCeiling, home.price) ??
        hushAt(heater.quiet, Instant(home.wall), config.timezone));
    const isFailed = output.heaters[index]?.trial.status === "failed" && decision.cause === "trial";
    const isUrgent =
      isFailed || urgentCauses.has(decision.cause) || (hush !== undefined && hush.maxWatts < run.watts);
    if (isFrost) {
      demand(!frostOutranks.has(decision.cause), `frost outranks wishes (${decision.reason})`);
      const isRest = decision.cause === "must-rest" && !decision.reason.includes("still draws");
      demand(!isRest, `frost outranks rests (${decision.reason})`);
    }
    if (decision.cause === "frost") {
      const trial = output.heaters[index]?.trial;
      const trusted = trial ? trustedSteps(heater.traits, trial) : levels();
      const { available = trusted } = device.tells;
      const most = highestStep(narrowSteps(trusted, available));
      demand(watts >= most, "frost takes all");
    }
    const isRaised = watts > run.watts && !isMet;
    checkTrial(output, index, isRaised && !isFrost);
    if (watts > 0 && !run.on && !isMet) {
      demand(isFrost || since(run.switchedAt) >= heater.minOff, `${heater.id} rests its minimum time`);
      const starts = (startedAt.get(heater.id) ?? []).filter((then) => since(then) < 3600);
      demand(starts.length < heater.maxStartsPerHour, `${heater.id} starts too often`);
      startedAt.set(heater.id, [...starts, home.elapsed]);
      demand(since(lastStart) >= config.stagger, "heaters start one after the other");
      lastStart = home.elapsed;
      seen.starts++;
    }
    if (watts === 0 && run.on && !isUrgent && !isMet) {
      demand(
        since(run.switchedAt) >= heater.minOn,
        `${heater.id} runs its minimum time (${decision.reason})`,
      );
      demand(heater.traits.canStop, `${heater.id} cannot stop by itself (${decision.reason})`);
    }
    if (watts !== run.watts && !isMet && !(isUrgent && watts < run.watts)) {
      demand(since(run.changedAt) >= heater.traits.settle, `${heater.id} settles first (${decision.reason})`);
    }
    if (decision.unseen) run.offUnseenAt ??= home.elapsed;
    else {
      const from = watts === 0 ? (run.offUnseenAt ?? home.elapsed) : home.elapsed;
      if (run.on !== watts > 0) run.switchedAt = from;
      if (run.watts !== watts) run.changedAt = from;
      Object.assign(run, { on: watts > 0, watts, offUnseenAt: undefined });
    }
    run.silentSince = device.answers ? undefined : (run.silentSince ?? home.elapsed);
    const isSilent = run.silentSince !== undefined && since(run.silentSince) > 60;
    demand(!(watts > 0 && isSilent), "a silent heater is asked for nothing");
    const isStopped = home.owner.stoppedHeaters.includes(heater.id);
    demand(!(watts > 0 && isStopped && !isFrost), "the owner's stop stands");
    const wish = home.owner.powers[heater.id];
    if (decision.cause === "owner-power") {
      const isMeant = wish !== undefined && wish.until > home.wall && watts <= wish.watts;
      demand(isMeant, `${watts} W were not asked for`);
    }
    if (decision.cause === "plan") {
      const plan = home.plan?.[heater.id];
      demand(plan !== undefined && watts <= plan.watts, `${watts} W were not planned`);
    }
    const { unguarded, available } = device.tells;
    const isHeard = device.answers && Number.isFinite(device.says ?? 0);
    demand(!(watts > 0 && isHeard && unguarded !== undefined), "nothing runs without a guard");
    if (available && isHeard && isRaised) {
      demand(isStep(narrowSteps(stepsOf(heater.traits), available), watts), `${watts} W are not available`);
    }
    demand(!output.owner.powers[heater.id] || (wish?.until ?? 0) > home.wall, "a wish ends");
    const takesOrders = device.busy === undefined && isHeard && !isStuck(output, index);
    if (hush && takesOrders && !isMet) {
      const least = heater.traits.canStop ? 0 : lowestStep(stepsOf(heater.traits));
      demand(watts <= Math.max(hush.maxWatts, least), `${watts} W are too many while it is quiet or dear`);
    }
    const heat = device.answers && Number.isFinite(device.says ?? 0) ? device.temperature : undefined;
    demand(!(watts > 0 && (heat ?? 0) >= 90), "a device that is too hot is off");
  }

  /** What is not tried is raised by its trial alone; what was tried is run where it was proven. */
  function checkTrial({ heaters, decisions }: ControlOutput, index: number, isRaised: boolean): void {
    const [trial, decision] = [heaters[index]?.trial, decisions[index]];
    if (!trial || !decision) throw new Error("a heater without a trial");
    const { setpoint, cause, reason } = decision;
    if (trial.status === "waiting" && isRaised) {
      demand(cause === "trial" || cause === "feeder", `raised untried (${reason})`);
    }
    if (trial.status === "proven" || trial.status === "failed") {
      const proven = trial.results.filter(({ outcome }) => outcome === "proven");
      const most = Math.max(0, ...proven.map(({ watts }) => watts));
      demand(setpoint.watts <= most || !isRaised, `${setpoint.watts} W were not proven (${reason})`);
    }
    demand(heaters.filter(({ isTried }) => isTried).length <= 1, "one heater is tried at a time");
  }

  function checkSink(output: ControlOutput, index: number): void {
    const [sink, status] = [config.sinks[index], output.sinks[index]];
    if (!sink || !status) throw new Error("a sink without a status");
    const { limits, comfort } = sink;
    demand(
      status.comfort.target >= limits.minC + comfort.bandK &&
        status.comfort.target <= limits.maxC - comfort.bandK,
      "a target keeps a band from the limits",
    );
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
    const isDoubted = output.alarms.some(
      ({ code, subject }) => code === "sensor/frozen" && subject === sink.id,
    );
    const isHeard = status.sensor === "fresh" || status.sensor === "late";
    demand(!(watts > 0 && isDoubted && isHeard), "nothing heats by a sensor that is not believed");
    if (sink.kind === "tank") {
      const isKnown = output.state.sinks[sink.id]?.estimate.sensor.isBelieved === true;
      demand(!(watts > 0 && !isKnown), "a tank is never heated unwatched");
    }
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
      else if (!/^(clock|loop)\/|^heater\/proven$/.test(code)) {
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
      sinksBefore = home.state.sinks;
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
