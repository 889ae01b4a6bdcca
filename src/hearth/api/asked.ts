import { HearthworkError, Instant, type SeriesId } from "../../domain/index.ts";
import { seriesIdSchema } from "../../wire/index.ts";

const maxSeries = 16;
const maxHistoryDays = 40 * 366;

/** The series and the time that a history is asked for. @throws {HearthworkError} `api/bad-request`. */
export const historyOf = ({
  series,
  from,
  to,
}: {
  readonly series: string;
  readonly from: string;
  readonly to: string;
}): [SeriesId[], Instant, Instant] => [seriesOf(series), ...spanOf(from, to, maxHistoryDays)];

function seriesOf(text: string): SeriesId[] {
  const parts = text.split(",");
  const parsed = parts.map((part) => seriesIdSchema.safeParse(part));
  if (parts.length > maxSeries || parsed.some((one) => !one.success)) {
    throw badRequest(
      `series is a list of 1 to ${maxSeries} ids such as sink/living-room/temperature, separated by commas`,
    );
  }
  return parts as SeriesId[];
}

/** @throws {HearthworkError} `api/bad-request` where it is no span, or one of more than `mostDays`. */
export function spanOf(from: string, to: string, mostDays: number): [Instant, Instant] {
  const [start, end] = [Instant(Date.parse(from)), Instant(Date.parse(to))];
  if (end <= start) throw badRequest("to must be later than from");
  if (end - start > mostDays * 86_400_000) {
    const most = mostDays > 366 ? `${Math.floor(mostDays / 366)} years` : `${mostDays} days`;
    throw badRequest(`from and to are too far apart; ask for at most ${most}`);
  }
  return [start, end];
}

const badRequest = (message: string) => new HearthworkError({ code: "api/bad-request", message });
