import type { Micros } from "../../domain/index.ts";
import { heatPricePerKwh } from "../counterfactual.ts";
import { type HomeMoney, insteadOf, microsOf, pricesByHour } from "./homeMoney.ts";

export type Workload = "mining" | "jobs";

/** What a kWh in the heater earns in one hour of the day. */
export interface HourEarnings {
  readonly pricePerKwh: number;
  /** While its heat is wanted, and the share of the time in which it runs jobs then. */
  readonly perKwh: number;
  readonly jobShare: number;
  /** While nobody wants the heat: the share of the time in which it pays to go on, and what that earns. */
  readonly profitShare: number;
  readonly profitPerKwh: number;
  readonly profitJobShare: number;
}

/**
 * What the heater earns by hour of the day. A site asks for a job max(what mining would earn, price − value of the heat)
 * plus wear, and runs it where the offer is as high; what no job fills is mined. Without a wish for heat, the value is
 * nothing, and it goes on only where that pays.
 *
 * @param miningPerKwh what a kWh earns by mining.
 */
export function earningsByHour(
  money: HomeMoney,
  workload: Workload,
  miningPerKwh: number,
): readonly HourEarnings[] {
  const offers = workload === "jobs" ? money.jobs.offers : [];
  const wear = money.jobs.wearPerKwh;
  const instead = insteadOf(money);
  return pricesByHour(money).map((pricePerKwh) => {
    const heatWorth = toNumber(heatPricePerKwh(instead, microsOf(pricePerKwh)));
    const wanted = sold(offers, Math.max(miningPerKwh, pricePerKwh - heatWorth) + wear);
    const unwanted = sold(offers, Math.max(miningPerKwh, pricePerKwh) + wear);
    const mined = miningPerKwh >= pricePerKwh + wear ? 1 - unwanted.share : 0;
    const profitShare = unwanted.share + mined;
    return {
      pricePerKwh,
      perKwh: wanted.earned + (1 - wanted.share) * miningPerKwh,
      jobShare: wanted.share,
      profitShare,
      profitPerKwh: profitShare > 0 ? (unwanted.earned + mined * miningPerKwh) / profitShare : 0,
      profitJobShare: profitShare > 0 ? unwanted.share / profitShare : 0,
    };
  });
}

function sold(offers: HomeMoney["jobs"]["offers"], ask: number) {
  const taken = offers.filter(({ pricePerKwh }) => pricePerKwh >= ask);
  return {
    share: taken.reduce((sum, { share }) => sum + share, 0),
    earned: taken.reduce((sum, { share, pricePerKwh }) => sum + share * pricePerKwh, 0),
  };
}

const toNumber = (amount: Micros) => Number(amount) / 1e6;
