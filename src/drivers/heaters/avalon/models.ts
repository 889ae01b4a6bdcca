/** What a mode of work draws at the wall, W. */
export interface AvalonMode {
  readonly mode: number;
  /** Where the model has levels within a mode. */
  readonly level?: number | undefined;
  readonly watts: number;
}

export interface AvalonModel {
  readonly name: string;
  readonly modes: readonly AvalonMode[];
  /** Where in `PS[…]` its power at the wall stands; undefined where no field is known to be that. */
  readonly wallWattsAt: number | undefined;
  /** Whether `softoff` and `softon` stop and start it. */
  readonly softOff: boolean;
  /** Drawn when soft-off, W. */
  readonly standbyWatts: number;
}

/**
 * What is known of each model. Nano 3: its modes from recorded replies. Nano 3S: the highest mode recorded, the others
 * are the vendor's. Q: the lowest mode and the standby recorded, the others from third parties, and so is Mini 3; an
 * owner's `modes` override all of them.
 */
export const avalonModels = {
  "nano-3": {
    name: "Avalon Nano 3",
    modes: [
      { mode: 0, watts: 60 },
      { mode: 1, watts: 90 },
      { mode: 2, watts: 125 },
    ],
    wallWattsAt: undefined,
    softOff: false,
    standbyWatts: 5,
  },
  "nano-3s": {
    name: "Avalon Nano 3S",
    modes: [
      { mode: 0, watts: 70 },
      { mode: 1, watts: 100 },
      { mode: 2, watts: 133 },
    ],
    wallWattsAt: 6,
    softOff: false,
    standbyWatts: 5,
  },
  "mini-3": {
    name: "Avalon Mini 3",
    modes: [{ mode: 1, watts: 800 }],
    wallWattsAt: 6,
    softOff: false,
    standbyWatts: 15,
  },
  q: {
    name: "Avalon Q",
    modes: [
      { mode: 0, watts: 800 },
      { mode: 1, watts: 1300 },
      { mode: 2, watts: 1674 },
    ],
    wallWattsAt: 6,
    softOff: true,
    standbyWatts: 20,
  },
} as const satisfies Record<string, AvalonModel>;
export type AvalonModelName = keyof typeof avalonModels;

/** The model that a device says it is, by its `MODEL`, `PROD` or the start of its `Ver`; undefined when it is another. */
export function modelNamed(text: string): AvalonModelName | undefined {
  const plain = text.toLowerCase().replace(/avalon|[\s_-]/g, "");
  const names: Readonly<Record<string, AvalonModelName>> = {
    nano3: "nano-3",
    nano3s: "nano-3s",
    mini3: "mini-3",
    q: "q",
  };
  return Object.hasOwn(names, plain) ? names[plain] : undefined;
}
