import { useMemo } from "react";
import type { Site } from "../api.ts";
import { useSeries } from "../chart/useSeries.ts";
import { linesOf, seriesOf } from "../roomLines.ts";

/** A room's lines over the last `spanSeconds`. */
export function useRoomLines(site: Site, sinkId: string, spanSeconds: number) {
  const ids = seriesOf(site, sinkId).join();
  const { lines, error, isLoading } = useSeries(site, ids, { kind: "last", seconds: spanSeconds });
  return { lines: useMemo(() => linesOf(lines), [lines]), error, isLoading };
}
