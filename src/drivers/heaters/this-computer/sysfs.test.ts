import { afterEach, describe, expect, it } from "vitest";
import { openTestComputer as open, removeFolders, signal, sysWith } from "./testComputer.suite.ts";

afterEach(removeFolders);

const energy = (microjoules: number) => String(microjoules);
const rapl = {
  "powercap/intel-rapl:0/name": "package-0",
  "powercap/intel-rapl:0/max_energy_range_uj": "262143328850",
  "powercap/intel-rapl:0/energy_uj": "1000000",
  "powercap/intel-rapl:0/intel-rapl:0:0/name": "core",
  "powercap/intel-rapl:0/intel-rapl:0:0/energy_uj": "900000",
  "powercap/intel-rapl:0:0/name": "core",
  "powercap/intel-rapl:0:0/max_energy_range_uj": "262143328850",
  "powercap/intel-rapl:0:0/energy_uj": "900000",
  "powercap/intel-rapl:1/name": "package-1",
  "powercap/intel-rapl:1/max_energy_range_uj": "65532610987",
  "powercap/intel-rapl:1/energy_uj": "65532000000",
  "powercap/intel-rapl:2/name": "psys",
  "powercap/intel-rapl:2/max_energy_range_uj": "262143328850",
  "powercap/intel-rapl:2/energy_uj": "5000000",
  "powercap/intel-rapl-mmio:0/name": "package-0",
  "powercap/intel-rapl-mmio:0/max_energy_range_uj": "262143328850",
  "powercap/intel-rapl-mmio:0/energy_uj": "1000000",
};

describe("this computer's energy counters", () => {
  it("are summed over the packages alone, across a wrap, with the rest added", async () => {
    const { sys, write } = await sysWith(rapl);
    const { driver, settled } = await open({ restWatts: 12 }, sys);
    expect(driver.traits.provenance).toBe("reported");
    await write("powercap/intel-rapl:0/energy_uj", energy(1_000_000 + 40_000_000));
    await write("powercap/intel-rapl:1/energy_uj", energy(20_000_000 - 610_987));
    await write("powercap/intel-rapl:2/energy_uj", energy(900_000_000));
    await write("powercap/intel-rapl-mmio:0/energy_uj", energy(900_000_000));
    const { watts, provenance } = await settled(2);
    expect(watts).toBeCloseTo(20 + 10 + 12, 3);
    expect(provenance).toBe("reported");
  });

  it("give way to the estimate when they can no longer be read", async () => {
    const { sys, write } = await sysWith(rapl);
    const { mine, settled } = await open({}, sys);
    await mine(60);
    await write("powercap/intel-rapl:1/energy_uj", "no");
    const reading = await settled();
    expect(reading.provenance).toBe("estimated");
    expect(reading.watts).toBeCloseTo(60, 9);
  });

  it("are not trusted over a time in which they may have wrapped twice", async () => {
    const { sys } = await sysWith(rapl);
    const { settled } = await open({}, sys);
    expect((await settled(299)).provenance).toBe("reported");
    expect((await settled(301)).provenance).toBe("estimated");
  });

  it.each([
    ["there are none", {}],
    ["only root may read them", { ...rapl, "powercap/intel-rapl:0/energy_uj": "" }],
    [
      "they count no package",
      { "powercap/intel-rapl:0/name": "psys", "powercap/intel-rapl:0/energy_uj": "1" },
    ],
  ])("are done without where %s", async (_, files) => {
    const { sys } = await sysWith(files);
    const { driver } = await open({}, sys);
    expect(driver.traits.provenance).toBe("estimated");
  });
});

describe("this computer's temperature", () => {
  it.each([
    [
      "the hottest input of its processors",
      {
        "hwmon/hwmon3/name": "coretemp",
        "hwmon/hwmon3/temp1_input": "61000",
        "hwmon/hwmon3/temp2_input": "64500",
        "hwmon/hwmon4/name": "nvme",
        "hwmon/hwmon4/temp1_input": "80000",
      },
      64.5,
    ],
    [
      "measured, not what hurries the fan",
      {
        "hwmon/hwmon0/name": "k10temp",
        "hwmon/hwmon0/temp1_label": "Tctl",
        "hwmon/hwmon0/temp1_input": "88000",
        "hwmon/hwmon0/temp2_label": "Tdie",
        "hwmon/hwmon0/temp2_input": "61000",
      },
      61,
    ],
    [
      "what hurries the fan where nothing else is told",
      {
        "hwmon/hwmon0/name": "k10temp",
        "hwmon/hwmon0/temp1_label": "Tctl",
        "hwmon/hwmon0/temp1_input": "58000",
      },
      58,
    ],
    [
      "a thermal zone where there is no chip",
      {
        "thermal/thermal_zone0/type": "acpitz",
        "thermal/thermal_zone0/temp": "99000",
        "thermal/thermal_zone1/type": "cpu-thermal",
        "thermal/thermal_zone1/temp": "47000",
      },
      47,
    ],
    ["nothing where none is told", {}, undefined],
    [
      "nothing where a sensor is absent",
      { "hwmon/hwmon0/name": "coretemp", "hwmon/hwmon0/temp1_input": "-273150" },
      undefined,
    ],
    [
      "nothing where a sensor tells nonsense",
      { "hwmon/hwmon0/name": "coretemp", "hwmon/hwmon0/temp1_input": "hot" },
      undefined,
    ],
  ])("is %s", async (_, files, expected) => {
    const { sys } = await sysWith(files);
    const { driver } = await open({}, sys);
    expect((await driver.read(signal)).temperature).toBe(expected);
  });
});
