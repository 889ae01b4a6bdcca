import {
  Celsius,
  Instant,
  type Random,
  Seconds,
  seededRandom,
  SinkId,
  Watts,
  weekdays,
} from "../domain/index.ts";
import type { ControlConfig, Fallback, RoomSink } from "./controlConfig.ts";
import { newWatch } from "./laws.suite.ts";
import {
  backupTraits,
  dayAndNight,
  type Device,
  heaterOf,
  Home,
  levels,
  range,
  sinkOf,
  siteOf,
  tankOf,
  traitsOf,
} from "./home.suite.ts";
import { tankModel } from "./tankModel.ts";

/** A random site with a random life, whose every round is held against the laws of the hearth. */
export function liveThrough(
  seed: number,
  ticks: number,
): { readonly starts: number; readonly alarms: Set<string> } {
  const random = seededRandom(seed);
  const home = new Home(randomSite(random), { air: 15 + 8 * random.next(), fabric: 15 + 5 * random.next() });
  const prices = random.fork("prices");
  const watch = newWatch(home);
  for (let tick = 0; tick < ticks; tick++) {
    disturb(home, random);
    if (random.next() < 0.01) home.plan = randomPlan(home, random);
    if (prices.next() < 0.01) home.price = prices.next();
    if (random.next() < 0.002) {
      home.restart(1 + random.integer(600));
    }
    const jump = random.next() < 0.003 ? Math.round((random.next() - 0.5) * 20_000) : 0;
    const dt = random.next() < 0.01 ? 1 + random.integer(300) : 10;
    watch.before();
    const output = home.tick(dt, jump);
    home.owner = { ...home.owner, trials: output.owner.trials };
    try {
      watch.check(output);
    } catch (thrown) {
      throw new Error(`seed ${seed}, tick ${tick}: ${String(thrown)}`, { cause: thrown });
    }
  }
  return watch.seen;
}

const pickOne = <T>(of: readonly T[], random: Random): T => of[random.integer(of.length)] as T;

function randomSite(random: Random): ControlConfig {
  const pick = <T>(of: readonly T[]): T => pickOne(of, random);
  const sinks = Array.from({ length: 1 + random.integer(2) }, (_, index) => {
    const fallback: Fallback =
      random.next() < 0.5 ? { kind: "stop" } : { kind: "run", watts: Watts(400), atMost: Seconds(1800) };
    const limits = { maxC: Celsius(pick([21.5, 26])), minC: Celsius(pick([5, 16, 19])) };
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
      trusted: random.next() < 0.5,
      priceCeiling: index === 1 ? 0.6 : undefined,
      maxStartsPerHour: pick([1, 3, 6]),
      quiet: pick([
        [],
        [{ days: weekdays, from: "01:00", to: "03:00", maxWatts: Watts(pick([0, 100, 500])) }],
        [{ days: ["mon", "wed"], from: "02:00", to: "01:00", maxWatts: Watts(pick([0, 90])) }],
      ]),
    });
  });
  const spare = random.fork("backup");
  if (spare.next() < 0.4) heaters.push(randomBackup(spare, heaters.length, sinks));
  const hotWater = random.fork("tank");
  if (hotWater.next() < 0.4) {
    const { tank, coil } = randomTank(hotWater, heaters.length);
    return siteOf([...heaters, coil], { sinks: [...sinks, tank], ...rest(random) });
  }
  return siteOf(heaters, { sinks, ...rest(random) });
}

const rest = (random: Random): Pick<ControlConfig, "feeder" | "stagger"> => ({
  feeder: { maxWatts: Watts(pickOne([900, 1600, 2500], random)) },
  stagger: Seconds(pickOne([0, 30, 60], random)),
});

/** A heat pump or a radiator for one of the rooms. */
function randomBackup(random: Random, index: number, sinks: readonly RoomSink[]) {
  const pick = <T>(of: readonly T[]): T => pickOne(of, random);
  const pump = { source: "air", supplyC: Celsius(35), maxSinkC: Celsius(55) } as const;
  return heaterOf(`heater-${index}`, levels(), {
    sink: pick(sinks).id,
    traits: backupTraits(pick([400, 1200]), pick([undefined, pump])),
    minOn: Seconds(pick([0, 600])),
    minOff: Seconds(pick([0, 600])),
    trusted: random.next() < 0.5,
  });
}

/** A tank with a heater of its own, both with odd bounds. */
function randomTank(random: Random, index: number) {
  const pick = <T>(of: readonly T[]): T => pickOne(of, random);
  const size = { litres: pick([10, 60]), lossWattsPerKelvin: 1 };
  const tank = tankOf("tank", {
    ...size,
    model: tankModel(size),
    limits: { maxC: Celsius(pick([67, 80])), minC: Celsius(pick([5, 14])) },
    comfort: { ...dayAndNight, entries: [], setBackC: Celsius(pick([18, 40, 55])), bandK: pick([2, 5]) },
    disinfection: pick([null, { celsius: 60, holdSeconds: 600, everyHours: pick([6, 168]) }]),
  });
  const steps = pick([levels(300), range(200, 1500, 25)]);
  const coil = heaterOf(`heater-${index}`, steps, {
    sink: tank.id,
    minOn: Seconds(pick([0, 300])),
    minOff: Seconds(pick([0, 180])),
    trusted: random.next() < 0.5,
  });
  return { tank, coil };
}

/** Powers at random for some of its heaters, or no plan: whatever it says, the laws hold. */
function randomPlan({ config }: Home, random: Random): Home["plan"] {
  if (random.next() < 0.3) return undefined;
  const planned = config.heaters.filter(() => random.next() < 0.7);
  return Object.fromEntries(
    planned.map(({ id }) => {
      const warmest = Celsius(pickOne([15, 19, 22, 40], random));
      return [id, { watts: Watts(random.integer(3000)), why: "planned", warmest }];
    }),
  );
}

/** What a device may say of itself. */
function randomWords(random: Random): Device["tells"] {
  return pickOne(
    [
      { setTo: Watts(random.integer(1500)) },
      { unguarded: "its plug lost its timer" },
      { available: levels(60, 300) },
      { available: range(250, 700, 10) },
      { available: levels() },
      { ownWatts: Watts(random.integer(1500)) },
    ],
    random,
  );
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
    if (happens(0.002)) device.drawsInstead = 5;
    if (happens(0.002)) device.says = random.next() < 0.2 ? Number.NaN : random.integer(2500) - 50;
    if (happens(0.002)) device.tells = { ...device.tells, ...randomWords(random) };
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
        tells: {},
      });
    }
  }
  if (happens(0.001)) {
    const wish = random.next() < 0.5 ? "start" : "skip";
    const { id } = pickOne(home.config.heaters, random);
    home.owner = { ...home.owner, trials: { [id]: wish } };
  }
  if (happens(0.005)) {
    const until = Instant(home.wall + random.integer(7_200_000));
    const wished = home.config.heaters.filter(() => random.next() < 0.3);
    const powers = wished.map(({ id }) => [id, { watts: Watts(random.integer(1500)), until }] as const);
    home.owner = { ...home.owner, powers: Object.fromEntries(powers) };
  }
  if (happens(0.005)) {
    const stopped = home.config.heaters.filter(() => random.next() < 0.2).map(({ id }) => id);
    home.owner = { ...home.owner, stoppedHeaters: stopped };
  }
}
