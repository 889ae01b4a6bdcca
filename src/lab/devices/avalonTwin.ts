import { Celsius, type Clock, Seconds, Watts } from "../../domain/index.ts";
import { avalonReports } from "./avalonReports.ts";
import {
  avalonBuilds,
  type AvalonBuildName,
  type AvalonFault,
  type AvalonInside,
  liveOn,
} from "./avalonInside.ts";
import { type FaultyServer, startFaultyServer, type WireFault } from "./faultyServer.ts";
import type { TwinLoad } from "./twinLoad.ts";

export interface AvalonTwinOptions {
  readonly clock: Clock;
  readonly model: AvalonBuildName;
  /** Whether it works at first; else, where it can be, it is soft-off. Default false. */
  readonly works?: boolean;
  /** Around it. Default 20 °C. */
  readonly air?: () => Celsius;
  /** Whether it has power at first. Default true. */
  readonly isPowered?: boolean;
  /** Until it answers once it has power. Default 0. */
  readonly boot?: Seconds;
  readonly port?: number;
  readonly slowMs?: number;
}

export interface AvalonTwin extends TwinLoad {
  readonly address: string;
  works(): boolean;
  temperature(): Celsius;
  suffer(fault: WireFault | undefined): Promise<void>;
  /** Adds a fault; undefined ends them all. */
  misbehave(fault: AvalonFault | undefined): void;
  /** Every command that it was given to change something, in its order. */
  readonly written: readonly string[];
  close(): Promise<void>;
}

/** A virtual Avalon for the home: the cgminer API on a real socket, and the physics behind it. */
export async function startAvalonTwin(options: AvalonTwinOptions): Promise<AvalonTwin> {
  const { clock, boot = Seconds(0) } = options;
  const build = avalonBuilds[options.model];
  const faults = new Set<AvalonFault>();
  const written: string[] = [];
  const inside: AvalonInside = {
    at: clock.monotonic(),
    isPowered: options.isPowered ?? true,
    mode: build.levels.length - 1,
    isOff: build.softOff && options.works !== true,
    power: 0,
    chip: options.air?.() ?? Celsius(20),
    startedAt: clock.monotonic() - 3600,
    offAt: undefined,
    onAt: undefined,
    accepted: 0,
  };
  const air = () => options.air?.() ?? Celsius(20);
  const live = () => liveOn(inside, build, { clock, air: air(), overheats: faults.has("overheats") });
  const reports = avalonReports({ inside, build, clock, faults, written });
  live();
  inside.power = inside.isPowered ? (inside.isOff ? build.standby : (build.levels[inside.mode] ?? 0)) : 0;

  const server: FaultyServer = await startFaultyServer({
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.slowMs === undefined ? {} : { slowMs: options.slowMs }),
    nonsense: ["}{,}\0", "\0", "<html></html>\n", '{"STATUS":[{"STATUS":"S","Msg":\0', "[]\0"],
    endless: '{"STATS":[{"MM ID0":"',
    serve(socket, reply) {
      socket.once("data", (bytes: Buffer) => {
        live();
        const text = reports.answer(bytes.toString());
        if (text === undefined) socket.destroy();
        else reply(`${text}\0`, "stay");
      });
    },
  });
  let wire: WireFault | undefined;
  const follow = () => server.suffer(inside.isPowered ? wire : "unplugged");
  if (!inside.isPowered) await follow();

  return {
    address: `127.0.0.1:${server.port}`,
    written,
    works() {
      live();
      return inside.isPowered && !inside.isOff;
    },
    temperature() {
      live();
      return inside.chip;
    },
    watts() {
      live();
      return Watts(inside.power);
    },
    async suffer(fault) {
      wire = fault;
      await follow();
    },
    misbehave(fault) {
      if (fault) faults.add(fault);
      else faults.clear();
    },
    async plugIn() {
      live();
      Object.assign(inside, { isPowered: true, isOff: false, offAt: undefined, onAt: undefined });
      inside.startedAt = clock.monotonic();
      if (boot > 0) void clock.sleep(boot).then(follow);
      else await follow();
    },
    async unplug() {
      live();
      Object.assign(inside, { isPowered: false, power: 0 });
      await follow();
    },
    close: () => server.close(),
  };
}
