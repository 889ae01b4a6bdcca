import type {
  AlarmTestView,
  DecisionView,
  EventView,
  ForecastView,
  HealthView,
  HeaterDetailView,
  HistoryView,
  LedgerIntervalsView,
  LedgerView,
  OverrideRequest,
  PlanStatusView,
  PlanView,
  PowerRequest,
  SiteView,
  WhatIfRequest,
} from "../wire/index.ts";
import type { Instant, SeriesId } from "../domain/index.ts";
import type { EventPage, Page, Resolution } from "../store/index.ts";

/**
 * What a site can be asked and told, whoever asks. Commands resolve once they are recorded and the loop has acted
 * on them; an unknown id is the fault `api/not-found`.
 */
export interface SiteService {
  view(): SiteView;
  health(): HealthView;
  heater(heaterId: string): HeaterDetailView;
  setOverride(sinkId: string, override: OverrideRequest): Promise<void>;
  clearOverride(sinkId: string): Promise<void>;
  stopHeater(heaterId: string): Promise<void>;
  resumeHeater(heaterId: string): Promise<void>;
  tryHeater(heaterId: string): Promise<void>;
  trustHeater(heaterId: string): Promise<void>;
  setPower(heaterId: string, power: PowerRequest): Promise<void>;
  clearPower(heaterId: string): Promise<void>;
  history(series: readonly SeriesId[], from: Instant, to: Instant): Promise<HistoryView>;
  /** What is known of the hours ahead: prices, carbon intensity, weather. */
  forecast(hours: number): ForecastView;
  /** What heating came to by day: today, and what is kept of the last months. */
  ledger(months: number): Promise<LedgerView>;
  /** The same by the quarter-hour, those that began from `from` on and before `to`; kept for 90 days. */
  ledgerIntervals(from: Instant, to: Instant): Promise<LedgerIntervalsView>;
  /** The same as a table, in pieces. */
  ledgerCsv(from: Instant, to: Instant): AsyncIterable<string>;
  /** The plan of the next day, and whether it is followed. */
  plan(): PlanStatusView;
  /** A plan for other wishes or prices; it is not followed. Rejects where nothing can be planned. */
  whatIf(supposed: WhatIfRequest): Promise<PlanView>;
  /** The table in pieces, as they are read; its columns are named for people. Rejects for series as `history` does. */
  historyCsv(
    series: readonly SeriesId[],
    from: Instant,
    to: Instant,
    resolution?: Resolution,
  ): Promise<AsyncIterable<string>>;
  events(page: EventPage): Promise<readonly EventView[]>;
  decisions(page: Page): Promise<readonly DecisionView[]>;
  /** Sends a test on each way on which alarms leave the house; tells what came of it. */
  testAlarms(): Promise<AlarmTestView>;
  /** Calls back after each round of the loop and each command; gives what ends it. */
  onChange(listener: (view: SiteView) => void): () => void;
  /** Only a virtual home has it. */
  setSpeed?(speed: number): void;
}
