import { IconBolt, IconCpu, IconFlame, IconListCheck } from "@tabler/icons-react";
import { count, duration, energy, watts } from "../../format.ts";
import { Card } from "../../shell/Card.tsx";
import { Figures } from "../../shell/Figures.tsx";
import type { Network } from "../api.ts";
import { heatNote, powerNote, things } from "./networkWords.ts";

/** What runs now, what it draws and what of that is wanted as heat. */
export function NetworkNow({ network }: { readonly network: Network }) {
  const { now, done, at, since } = network;
  const figures = [
    {
      name: "Providers",
      value: count(now.providers),
      unit: "",
      note: `offer ${things(now.slots, "task", "tasks")} at once`,
      Icon: IconCpu,
    },
    {
      name: "Tasks running",
      value: count(now.running),
      unit: "",
      note: `${things(Math.max(0, now.slots - now.running), "slot", "slots")} free`,
      Icon: IconListCheck,
    },
    { name: "Computing", value: watts(now.watts), unit: "", note: powerNote(now), Icon: IconBolt },
    { name: "Wanted heat", value: watts(now.usefulWatts), unit: "", note: heatNote(now), Icon: IconFlame },
  ];
  const seconds = (Date.parse(at) - Date.parse(since)) / 1000;
  return (
    <Card title="Now">
      <Figures figures={figures} />
      <p className="note">
        In the {duration(seconds)} since this exchange was started {things(done.tasks, "task", "tasks")} came
        back. They took {energy(done.energyKwh)} as their providers claim, {energy(done.usefulHeatKwh)} of it
        as heat that was wanted.
      </p>
    </Card>
  );
}
