import { Micros, parseMicros } from "../../domain/index.ts";
import type { TaskReceipt } from "./receipt.ts";
import type { CarbonGrams } from "./receiptAccount.ts";

/** What several receipts come to. */
export interface ReceiptSum {
  readonly receipts: number;
  /** Those whose claim cannot be true, or is missing: they count in nothing but the price. */
  readonly flagged: number;
  readonly energyJoules: number;
  readonly boundaryJoules: number;
  readonly usefulJoules: number;
  /** Of those that tell it: so many. */
  readonly carbonGrams: CarbonGrams;
  readonly withCarbon: number;
  readonly price: Micros;
}

export const emptyReceiptSum: ReceiptSum = {
  receipts: 0,
  flagged: 0,
  energyJoules: 0,
  boundaryJoules: 0,
  usefulJoules: 0,
  carbonGrams: { used: 0, displaced: 0, consequential: 0 },
  withCarbon: 0,
  price: Micros(0n),
};

export function addReceipt(
  sum: ReceiptSum,
  { account, price }: Pick<TaskReceipt, "account" | "price">,
): ReceiptSum {
  const carbon = account?.carbonGrams;
  return {
    receipts: sum.receipts + 1,
    flagged: sum.flagged + Number(account === null),
    energyJoules: sum.energyJoules + (account?.energyJoules ?? 0),
    boundaryJoules: sum.boundaryJoules + (account?.boundaryJoules ?? 0),
    usefulJoules: sum.usefulJoules + (account?.usefulJoules ?? 0),
    carbonGrams: {
      used: sum.carbonGrams.used + (carbon?.used ?? 0),
      displaced: sum.carbonGrams.displaced + (carbon?.displaced ?? 0),
      consequential: sum.carbonGrams.consequential + (carbon?.consequential ?? 0),
    },
    withCarbon: sum.withCarbon + Number(carbon !== undefined && carbon !== null),
    price: Micros(sum.price + parseMicros(price.amount)),
  };
}
