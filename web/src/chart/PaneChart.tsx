import "uplot/dist/uPlot.min.css";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import type { Pane } from "./drawnSeries.ts";
import { paneOptions, type PaneView } from "./paneOptions.ts";

interface PaneChartProps extends PaneView {
  /** Panes with the same key share their cursor. */
  readonly syncKey: string;
}

/** The drawing of one pane; a table beside it says the same to those who do not see it. */
export function PaneChart({ syncKey, ...shown }: PaneChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const view = useRef<PaneView>(shown);

  useEffect(() => {
    const element = holder.current;
    if (!element) return undefined;
    const options = paneOptions(element, syncKey, () => view.current);
    const drawn = new uPlot(options, aligned(view.current.pane), element);
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
  }, [syncKey]);

  useEffect(() => {
    view.current = shown;
    plot.current?.setData(aligned(shown.pane));
  });

  return <div ref={holder} className="pane" data-last={shown.isLast || undefined} aria-hidden="true" />;
}

/** Lines with times of their own on one time axis; gaps stay gaps. */
function aligned({ series }: Pane): uPlot.AlignedData {
  const tables = series.map(({ line }): uPlot.AlignedData => [[...line.times], [...line.values]]);
  const expandGaps = 2;
  return uPlot.join(
    tables,
    tables.map(() => [expandGaps, expandGaps]),
  );
}
