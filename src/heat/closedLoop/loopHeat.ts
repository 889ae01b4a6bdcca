import type { DeviceStates } from "./deviceBank.ts";
import { heatPerWatt } from "./known.ts";
import type { LoopHome, LoopSink } from "./loopHome.ts";
import type { LoopWorld } from "./loopWorld.ts";

export const meanOfLayers = (layersC: Float64Array): number =>
  layersC.reduce((sum, celsius) => sum + celsius, 0) / layersC.length;

/** Heat that each sink really gets in a minute, W, from what the devices draw. */
export function heatOfDevices(
  home: LoopHome,
  world: LoopWorld,
  minute: number,
  layersC: Float64Array,
  devices: DeviceStates,
): Readonly<Record<LoopSink, number>> {
  const around = {
    outdoorC: world.outdoorC(minute),
    relativeHumidity: world.relativeHumidity(minute),
    tankC: meanOfLayers(layersC),
  };
  let [room, tank] = [0, 0];
  for (const device of home.devices) {
    const state = devices[device.id];
    if (!state || state.watts === 0) continue;
    room += state.watts * (1 - state.toTank) * heatPerWatt(home, device, "room", around);
    tank += state.watts * state.toTank * heatPerWatt(home, device, "tank", around);
  }
  return { room, tank };
}
