import { afterEach, expect, it } from "vitest";
import { hostClock, Watts } from "../../src/domain/index.ts";
import { type FoundDevice, parseSubnet, scanNetwork } from "../../src/drivers/index.ts";
import {
  plainLoad,
  startAvalonTwin,
  startShellyTwin,
  startTasmotaTwin,
  startBitaxeTwin,
  startBraiinsTwin,
} from "../../src/lab/index.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((twin) => twin.close()));
});
const kept = async <Twin extends { close(): Promise<void> }>(starting: Promise<Twin>): Promise<Twin> => {
  const twin = await starting;
  open.push(twin);
  return twin;
};

it("finds every kind of virtual device, and switches none", async () => {
  const clock = hostClock(globalThis);
  const braiins = await kept(startBraiinsTwin({ clock }));
  const bitaxe = await kept(startBitaxeTwin({ clock }));
  const avalon = await kept(startAvalonTwin({ clock, model: "q" }));
  const shelly = await kept(startShellyTwin({ clock, load: plainLoad(Watts(400)), isOn: false }));
  const tasmota = await kept(startTasmotaTwin({ clock, load: plainLoad(Watts(400)), isOn: false }));
  const addresses = [braiins.url, bitaxe.url, `http://${avalon.address}`, shelly.url, tasmota.url];
  const found: FoundDevice[] = [];
  await scanNetwork({
    subnets: [parseSubnet("127.0.0.1/32")],
    ports: addresses.map((address) => Number(new URL(address).port)),
    signal: new AbortController().signal,
    onProgress: () => {},
    onFound: (device) => found.push(device),
  });
  const driverAt = (address: string) =>
    found.find((device) => `http://${device.address}` === address)?.driver;
  expect(addresses.map(driverAt)).toEqual(["braiins", "axeos", "avalon", "shelly-gen2", "tasmota-http"]);
  expect(avalon.written).toEqual([]);
  expect([shelly.plug.isOn(), tasmota.plug.isOn(), braiins.hashes(), bitaxe.hashes()]).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
