import { moment } from "../../siteTime.ts";
import { timezone } from "../timezone.ts";

/** A time as whoever looks would say it: "14:05", "yesterday 14:05", "12 Dec 14:05". */
export const ago = (iso: string): string => moment(Date.parse(iso), Date.now(), timezone);

export const isOver = (iso: string): boolean => Date.parse(iso) <= Date.now();
