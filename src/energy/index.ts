export * from "./book.ts";
export * from "./economics.ts";
export * from "./feed.ts";
export * from "./meter.ts";
export * from "./peak.ts";
export { electricityFor, type SurplusEnergy, surplusOf } from "./surplus.ts";
export * from "./tariff.ts";
export * from "./restoredBook.ts";
export { type Account, accountOf, addAccount, emptyAccount } from "./account.ts";
export {
  type Counterfactual,
  counterfactualDefaults,
  counterfactualNames,
  heatPricePerKwh,
} from "./counterfactual.ts";
export { capitalOf, type Equipment, equipmentDefaults, type Wear, wearOf } from "./equipment.ts";
export { softwareCarbonIntensity } from "./softwareCarbon.ts";
export { levelsOf } from "./levels.ts";
export { verdictOn } from "./verdict.ts";
export { type HomeMoney, homeMoneySchema } from "./home/homeMoney.ts";
export { type ComparedSystem, earningsOf, type HomeReport, homeReport } from "./home/homeReport.ts";
export * from "./receipt/energyClaim.ts";
export { claimFlags, drawnJoules, judgeClaim, wattsUnlessTold } from "./receipt/judgeClaim.ts";
export {
  faultsIn,
  type LeaseFacts,
  receiptIdOf,
  receiptVerdicts,
  taskReceiptOf,
  type TaskWork,
} from "./receipt/receipt.ts";
export { manifestOf } from "./receipt/manifest.ts";
export { addReceipt, emptyReceiptSum, type ReceiptSum } from "./receipt/receiptSum.ts";
export { SharedEnergy } from "./receipt/sharedEnergy.ts";
export { assumedPower, type DeclaredPower, declaredEnergy } from "./receipt/declaredPower.ts";
