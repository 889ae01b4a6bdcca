import "uplot/dist/uPlot.min.css";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import { quantities, type RoomLines } from "../roomLines.ts";
import { chartOptions, type ChartView } from "./chartOptions.ts";

/** The drawing itself; the words beside it say the same to those who do not see it. */
export function Chart({ lines, to, spanSeconds, timezone, onPoint }: ChartView) {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const view = useRef<ChartView>({ lines, to, spanSeconds, timezone, onPoint });

  useEffect(() => {
    const element = holder.current;
    if (!element) return undefined;
    const drawn = new uPlot(
      chartOptions(element, () => view.current),
      aligned(view.current.lines),
      element,
    );
    plot.current = drawn;
    const sizes = new ResizeObserver(() =>
      drawn.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      drawn.destroy();
      plot.current = undefined;
    };
  }, []);

  useEffect(() => {
    view.current = { lines, to, spanSeconds, timezone, onPoint };
    plot.current?.setData(aligned(lines));
  }, [lines, to, spanSeconds, timezone, onPoint]);

  return <div ref={holder} className="chart" aria-hidden="true" />;
}

/** Lines with times of their own on one time axis; gaps stay gaps. */
function aligned(lines: RoomLines): uPlot.AlignedData {
  const tables = quantities.map((quantity): uPlot.AlignedData => [
    [...lines[quantity].times],
    [...lines[quantity].values],
  ]);
  const expandGaps = 2;
  return uPlot.join(
    tables,
    tables.map(() => [expandGaps, expandGaps]),
  );
}
