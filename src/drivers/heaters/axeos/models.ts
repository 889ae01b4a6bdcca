/** A pair of settings with the power that they amount to. */
export interface AxeosLevel {
  readonly frequencyMhz: number;
  readonly coreVoltageMv: number;
  readonly watts: number;
}

interface AxeosModel {
  /** Drawn without hashing, W: the board and the fan, which the firmware adds as its power offset. */
  readonly idleWatts: number;
  /** At the settings that it comes with: what the firmware's self-test expects, W. */
  readonly watts: number;
  /** Ascending; the last is what it comes with, so none is an overclock. */
  readonly settings: readonly (readonly [frequencyMhz: number, coreVoltageMv: number])[];
}

/**
 * Boards by their family. Default and allowed settings, power offsets and self-test powers are those of
 * bitaxeorg/ESP-Miner, main/device_config.h; a board draws some watts more or less.
 */
const models = {
  max: {
    idleWatts: 5,
    watts: 12,
    settings: [
      [400, 1300],
      [425, 1400],
    ],
  },
  ultra: {
    idleWatts: 5,
    watts: 12,
    settings: [
      [400, 1100],
      [450, 1150],
      [485, 1200],
    ],
  },
  hex: {
    idleWatts: 12,
    watts: 40,
    settings: [
      [400, 1100],
      [450, 1150],
      [485, 1200],
    ],
  },
  supra: {
    idleWatts: 5,
    watts: 12,
    settings: [
      [400, 1100],
      [450, 1150],
      [490, 1166],
    ],
  },
  "supra-hex": {
    idleWatts: 25,
    watts: 90,
    settings: [
      [400, 1100],
      [450, 1150],
      [490, 1166],
    ],
  },
  gamma: {
    idleWatts: 5,
    watts: 22,
    settings: [
      [400, 1000],
      [490, 1100],
      [525, 1150],
    ],
  },
  "gamma-duo": {
    idleWatts: 5,
    watts: 35,
    settings: [
      [350, 1000],
      [380, 1100],
      [400, 1150],
    ],
  },
  "gamma-turbo": {
    idleWatts: 10,
    watts: 36,
    settings: [
      [400, 1000],
      [490, 1100],
      [525, 1150],
    ],
  },
} as const satisfies Record<string, AxeosModel>;
export type AxeosModelName = keyof typeof models;
export const axeosModels = Object.keys(models) as readonly AxeosModelName[];

/** Its levels, lowest first, by the power that is typical of the model. */
export function typicalLevels(name: AxeosModelName): readonly AxeosLevel[] {
  const { settings, watts, idleWatts }: AxeosModel = models[name];
  const [frequencyMhz = 0, coreVoltageMv = 0] = settings.at(-1) ?? [];
  const full = { frequencyMhz, coreVoltageMv, watts };
  return settings.map(([frequencyMhz, coreVoltageMv]) => {
    const at = { frequencyMhz, coreVoltageMv };
    return { ...at, watts: Math.round(scaledWatts(full, at, idleWatts) * 10) / 10 };
  });
}

export const typicalIdleWatts = (name: AxeosModelName): number => models[name].idleWatts;

/** What a level's chips would draw at other settings, W: their power goes with f·V². */
export function scaledWatts(
  level: AxeosLevel,
  at: Pick<AxeosLevel, "frequencyMhz" | "coreVoltageMv">,
  idleWatts: number,
): number {
  const share = (at.frequencyMhz / level.frequencyMhz) * (at.coreVoltageMv / level.coreVoltageMv) ** 2;
  return idleWatts + (level.watts - idleWatts) * share;
}
