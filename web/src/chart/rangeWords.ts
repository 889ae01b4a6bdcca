import { moment } from "../siteTime.ts";
import type { TimeRange } from "./timeRange.ts";

/** "yesterday 18:00 – 06:30"; times epoch seconds. */
export const rangeWords = ({ from, to }: TimeRange, now: number, timezone: string): string =>
  [from, to].map((at) => moment(at * 1000, now * 1000, timezone)).join(" – ");
