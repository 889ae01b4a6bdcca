import { IconBolt, IconCoinBitcoin, IconFlame, IconReceipt } from "@tabler/icons-react";
import type { Site } from "../api.ts";
import { duration, kilowattHours, money, satoshis } from "../format.ts";
import { clockTime } from "../siteTime.ts";
import { Card } from "../shell/Card.tsx";
import { Figures } from "../shell/Figures.tsx";
import { OutsideNow } from "./OutsideNow.tsx";

const provenances = {
  metered: "metered",
  reported: "as the heaters report it",
  estimated: "estimated, not metered",
} as const;

/** What own photovoltaics gave was not paid for; it would have earned something. */
const costNote = ({ forgone, solarKwh }: Site["today"]) =>
  forgone && solarKwh ? `of the energy, ${money(forgone)} of it export forgone` : "of the energy";

/** What tasks earned stands beside what was mined, as long as there is no card of their own. */
const earnedNote = ({ today: { jobs }, exchange }: Site) =>
  jobs.tasks === 0 || exchange !== null
    ? "mined, expected on average"
    : `mined, and ${money(jobs.earned)} by ${jobs.tasks} ${jobs.tasks === 1 ? "task" : "tasks"}`;

export function TodayCard({ site }: { site: Site }) {
  const { today, timezone } = site;
  const figures = [
    {
      name: "Heat",
      value: kilowattHours(today.heatKwh),
      unit: "kWh",
      note: "into your rooms",
      Icon: IconFlame,
    },
    {
      name: "Energy",
      value: kilowattHours(today.energyKwh),
      unit: "kWh",
      note: provenances[today.energyProvenance],
      Icon: IconBolt,
    },
    {
      name: "Earned",
      value: satoshis(today.sats),
      unit: "sats",
      note: earnedNote(site),
      Icon: IconCoinBitcoin,
    },
    { name: "Cost", value: money(today.cost), unit: "", note: costNote(today), Icon: IconReceipt },
  ];
  return (
    <Card
      title="Today"
      className="today"
      aside={<p className="card-note">since {clockTime(Date.parse(today.since), timezone)}</p>}
    >
      <Figures figures={figures} />
      {today.verdict && <p className="today-verdict">{today.verdict.sentence}</p>}
      <OutsideNow site={site} />
      {today.unmeteredSeconds > 0 && (
        <p className="today-gap">
          For {duration(today.unmeteredSeconds)} there was no power reading. What was used then is not known,
          so it is not counted here.
        </p>
      )}
    </Card>
  );
}
