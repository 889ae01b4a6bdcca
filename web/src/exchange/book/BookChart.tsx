import { useWidth } from "../../chart/useWidth.ts";
import { count, price } from "../../format.ts";
import { type BookCurves, type Piece, roundTicks } from "./bookCurve.ts";

const height = 300;
const room = { left: 72, right: 14, top: 10, bottom: 44 };
const usualWidth = 720;

interface BookChartProps {
  readonly curves: BookCurves;
  readonly currency: string;
}

/** Price over quantity: what is asked rises, what is bid falls. Words and tables beside it say the same. */
export function BookChart({ curves, currency }: BookChartProps) {
  const [ref, width] = useWidth(usualWidth);
  const x = (tasks: number) =>
    room.left + (Math.min(tasks, curves.tasks) / curves.tasks) * (width - room.left - room.right);
  const y = (perHour: number) =>
    height -
    room.bottom -
    (Math.min(perHour, curves.price) / curves.price) * (height - room.top - room.bottom);
  const area = ({ from, to, price: at }: Piece) => ({
    x: x(from),
    y: y(at),
    width: Math.max(0, x(to) - x(from)),
    height: y(0) - y(at),
  });
  return (
    <div ref={ref} className="book-chart">
      <svg width={width} height={height} aria-hidden="true">
        {roundTicks(curves.price, 5).map((at) => (
          <g key={at} className="book-tick">
            <line x1={room.left} x2={width - room.right} y1={y(at)} y2={y(at)} />
            <text x={room.left - 10} y={y(at)} dy="0.32em" textAnchor="end">
              {price({ amount: String(at), currency })}
            </text>
          </g>
        ))}
        {roundTicks(curves.tasks, Math.max(4, Math.round(width / 130)))
          .filter(Number.isInteger)
          .map((at) => (
            <text key={at} className="book-tick" x={x(at)} y={height - room.bottom + 20} textAnchor="middle">
              {count(at)}
            </text>
          ))}
        <text className="book-axis" x={width - room.right} y={height - 6} textAnchor="end">
          tasks at once
        </text>
        {curves.asks.map((piece) => (
          <rect
            key={`${piece.from}`}
            className="book-ask"
            data-home={piece.isHome || undefined}
            {...area(piece)}
          />
        ))}
        {curves.asks.length > 0 && <path className="book-line" d={stepsOf(curves.asks, x, y, y(0))} />}
        {curves.bids.length > 0 && (
          <path className="book-line" data-bids d={stepsOf(curves.bids, x, y, y(curves.price))} />
        )}
      </svg>
    </div>
  );
}

/** The outline of a curve, from its first step to where the last one ends at `end`. */
function stepsOf(
  pieces: readonly Piece[],
  x: (tasks: number) => number,
  y: (perHour: number) => number,
  begin: number,
): string {
  const [first] = pieces;
  if (!first) return "";
  const steps = pieces.map(({ to, price: at }) => `V${y(at).toFixed(1)}H${x(to).toFixed(1)}`);
  return `M${x(first.from).toFixed(1)} ${begin.toFixed(1)}${steps.join("")}`;
}
