import type { Currency } from "../../domain/index.ts";
import type { SystemReport } from "./systemReport.ts";

/** What each system is called in a sentence. */
export const systemWords: Readonly<Record<string, string>> = {
  resistive: "electric heaters",
  gas: "a gas boiler",
  district: "district heat",
  "heat-pump": "a heat pump",
  "heater-mining": "a compute heater that mines",
  "heater-jobs": "a compute heater with jobs that pay as assumed",
  "heater-beside-heat-pump": "a compute heater beside a heat pump",
};

/** Less than this part of a heat pump's cost is no difference. */
const smallest = 0.02;

/**
 * In one sentence: whether a compute heater or a heat pump runs for less here, what the best of them costs, and whether
 * that still holds when what the devices cost is counted.
 */
export function homeVerdict(systems: readonly SystemReport[], currency: Currency): string {
  const pump = systems.find(({ system }) => system === "heat-pump");
  const [best] = systems
    .filter(({ levels }) => levels !== null)
    .toSorted((one, other) => net(one) - net(other));
  if (!pump || !best) return "Nothing was compared.";
  const says = (amount: number) => `${Math.round(amount).toLocaleString("en-GB")} ${currency}`;
  const name = systemWords[best.system] ?? best.system;
  const lead = net(pump) - net(best);
  const wholeLead = lead + depreciation(pump) - depreciation(best);
  const costs = `${says(net(best))} a year for energy, a heat pump ${says(net(pump))}`;
  const isEven = Math.abs(lead) < smallest * Math.abs(net(pump));
  if (lead <= 0 && !isEven) {
    const though =
      wholeLead > 0
        ? `, though counting what the devices cost it is dearer by ${says(wholeLead)} a year`
        : "";
    return `A heat pump is better here: its energy costs ${says(net(pump))} a year, that of ${name} ${says(net(best))}${though}.`;
  }
  const capital =
    wholeLead > 0
      ? `counting what the devices cost it is ahead by ${says(wholeLead)} a year`
      : `counting what the devices cost a heat pump is better by ${says(-wholeLead)} a year`;
  if (isEven) {
    return `Computing changes next to nothing here: ${name} costs ${costs}; ${capital}.`;
  }
  return `${capitalized(name)} costs ${costs}, and ${freedom(best)}; ${capital}.`;
}

function freedom({ levels }: SystemReport): string {
  if (levels?.energyIsFree) return "computing pays for all of its energy";
  if (levels?.freeAfterHeat) return "its energy is paid only when its heat is counted";
  return "its energy is not paid even when its heat is counted";
}

const net = ({ money }: SystemReport) => Number(money.netCost);
const depreciation = ({ money }: SystemReport) => Number(money.depreciation);
const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
