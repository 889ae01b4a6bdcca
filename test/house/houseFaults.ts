import type { VirtualHouse } from "../../src/lab/index.ts";

export interface HouseFault {
  readonly name: string;
  /** s. */
  readonly lasts: number;
  begin(): Promise<void>;
  end(): Promise<void>;
}

const nothing = () => Promise.resolve();

/** What may go wrong in the virtual house. */
export function houseFaults(house: VirtualHouse): readonly HouseFault[] {
  const { braiins, avalon, bitaxe, plugs, thermometers } = house;
  const wire = (
    name: string,
    device: { suffer(fault: "garbage" | "silent" | "unplugged" | undefined): Promise<void> },
    fault: "garbage" | "silent" | "unplugged",
    lasts: number,
  ): HouseFault => ({
    name: `${name} ${fault}`,
    lasts,
    begin: () => device.suffer(fault),
    end: () => device.suffer(undefined),
  });
  const act = (
    name: string,
    lasts: number,
    begin: () => unknown,
    end: () => unknown = nothing,
  ): HouseFault => ({
    name,
    lasts,
    begin: async () => void (await begin()),
    end: async () => void (await end()),
  });
  return [
    wire("braiins", braiins, "garbage", 300),
    wire("braiins", braiins, "silent", 900),
    wire("avalon", avalon, "silent", 600),
    wire("bitaxe", bitaxe, "garbage", 600),
    wire("plug of s19", plugs.s19, "silent", 1200),
    wire("plug of nano", plugs.nano, "silent", 600),
    act(
      "living room's sensor gone",
      1800,
      () => thermometers["living-room"].pause(),
      () => thermometers["living-room"].resume(),
    ),
    act(
      "study's sensor absurd",
      900,
      () => thermometers.study.say(-127),
      () => thermometers.study.say(undefined),
    ),
    act(
      "living room's sensor stuck",
      3600,
      () => thermometers["living-room"].stick(),
      () => thermometers["living-room"].say(undefined),
    ),
    act("mains gone and back", 600, () => house.outage()),
    act("braiins reboots at another target", 600, () => braiins.boot({ target: 1600 })),
    act(
      "braiins lies about its watts",
      1200,
      () => braiins.misbehave({ kind: "lies", factor: 1.4 }),
      () => braiins.misbehave(undefined),
    ),
    act(
      "braiins refuses",
      600,
      () => braiins.misbehave({ kind: "refuses" }),
      () => braiins.misbehave(undefined),
    ),
    act(
      "braiins chokes",
      1800,
      () => braiins.misbehave({ kind: "chokes", factor: 4 }),
      () => braiins.misbehave(undefined),
    ),
    act(
      "avalon calibrates",
      600,
      () => avalon.misbehave("calibrates"),
      () => avalon.misbehave(undefined),
    ),
  ];
}
