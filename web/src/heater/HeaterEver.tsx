import type { Heater } from "../api.ts";
import { kilowattHours, money } from "../format.ts";
import { Card } from "../shell/Card.tsx";
import { Fact } from "./HeaterFacts.tsx";

/** What a heater used and gave since the first record. */
export function HeaterEver({ heater: { total } }: { heater: Heater }) {
  return (
    <Card title="Since the first record">
      <dl className="facts heater-ever">
        <Fact name="Heat" note="into its room">
          {kilowattHours(total.heatKwh)} kWh
        </Fact>
        <Fact name="Energy">{kilowattHours(total.energyKwh)} kWh</Fact>
        <Fact name="Cost" note="of the energy">
          {money(total.cost)}
        </Fact>
      </dl>
    </Card>
  );
}
