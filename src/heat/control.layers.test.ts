import { describe, expect, it } from "vitest";
import { Instant, Seconds, seededRandom, SinkId, Watts } from "../domain/index.ts";
import { control } from "./control.ts";
import { drawOffShare, tapDraw } from "./sinks/drawOff.ts";
import { filledTank, stepTank, type Tank } from "./sinks/tank.ts";
import { backupTraits, heaterOf, levels, siteOf, tankOf } from "./home.suite.ts";
import { initialControl } from "./startControl.ts";

const tick = Seconds(10);
const size = { litres: 200, lossWattsPerKelvin: 1.6 };
const real: Tank = { ...size, layers: 6, layerWattsPerKelvin: 6 };

interface Life {
  readonly alarms: readonly string[];
  /** Hours in which water was drawn that was colder than the tap wants. */
  readonly coldHours: number;
  readonly hottestC: number;
  readonly starts: number;
  /** Hours without half an hour in which all of it was at least near 60 °C. */
  readonly longestWithoutHot: number;
}

/** A tank in layers for some days, heated from below, whose sensor sits in one of them; taps are opened by chance. */
function live(sensorLayer: number, days: number, watts = 1500): Life {
  const coil = heaterOf("coil", levels(), { sink: SinkId("tank"), traits: backupTraits(watts) });
  const tank = tankOf("tank", { ...size, disinfection: { celsius: 60, holdSeconds: 1800, everyHours: 168 } });
  const config = siteOf([coil], { sinks: [tank] });
  const random = seededRandom(3);
  let layersC = filledTank(real, 45);
  let state = initialControl(config);
  let held = { watts: Watts(0), workload: "idle" as "idle" | "heating" };
  const alarms = new Set<string>();
  let [wall, coldHours, hottestC, starts, sinceHot, longest, heldHot] = [
    Date.UTC(2026, 1, 2),
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  for (let at = 0; at < days * 8640; at++) {
    wall += 10_000;
    const hour = Math.floor(at / 360) % 24;
    const opens = random.next() < 0.01;
    const wish = { litres: (drawOffShare("household", hour) * 120) / 3.6, tapC: 40, mainsC: 12 };
    const drawn = opens ? tapDraw(wish, layersC[0] ?? 0).tankLitres : 0;
    if (opens && (layersC[0] ?? 0) < 40) coldHours += 1 / 3.6;
    const { watts: heatW } = held;
    ({ layersC } = stepTank(real, layersC, {
      seconds: tick,
      heatW,
      drawnLitres: drawn,
      mainsC: 12,
      aroundC: 18,
    }));
    const value = (layersC[sensorLayer] ?? 0) + 0.05 * random.normal();
    const output = control(config, state, {
      at: Instant(wall),
      elapsed: at === 0 ? Seconds(0) : tick,
      sensors: { tank: { reading: { at: Instant(wall), value: Math.round(value * 10) / 10 } } },
      heaters: {
        coil: {
          reading: {
            at: Instant(wall),
            watts: heatW,
            provenance: "metered",
            workload: held.workload,
            faults: [],
          },
          answers: true,
          held,
        },
      },
      owner: { stoppedHeaters: [], overrides: {}, powers: {}, trials: {} },
    });
    ({ state } = output);
    const [decision] = output.decisions;
    if (decision && !decision.unseen) {
      if (held.watts === 0 && decision.setpoint.watts > 0) starts += 1;
      held = { watts: decision.setpoint.watts, workload: decision.setpoint.watts > 0 ? "heating" : "idle" };
    }
    for (const { code } of output.events) alarms.add(code);
    hottestC = Math.max(hottestC, ...layersC);
    heldHot = Math.min(...layersC) >= 58 ? heldHot + tick : 0;
    sinceHot = heldHot >= 1800 ? 0 : sinceHot + tick;
    longest = Math.max(longest, sinceHot / 3600);
  }
  return { alarms: [...alarms], coldHours, hottestC, starts, longestWithoutHot: longest };
}

describe("a tank whose water lies in layers", { timeout: 60_000 }, () => {
  it.each([
    [1, 1500],
    [2, 1500],
    [3, 1500],
    [4, 1500],
    [3, 600],
  ])(
    "is held by a sensor in layer %d of six at %d W: hot water, no alarm, no more than was wanted",
    (layer, watts) => {
      const life = live(layer, 9, watts);
      expect(life.alarms).toEqual([]);
      expect(life.coldHours).toBe(0);
      expect(life.hottestC).toBeLessThan(64);
      expect(life.starts / 9).toBeLessThan(8);
      expect(life.longestWithoutHot).toBeLessThan(168 + 12);
    },
  );
});
