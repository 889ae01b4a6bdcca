import type { Site } from "../api.ts";
import { price } from "../format.ts";

type Asks = NonNullable<Site["exchange"]>["asks"];

const [width, height, gap] = [300, 64, 4];

/** A bar for each place for a task, as high as what is asked for it; those that tasks have are filled. */
export function AskBars({ asks, taken }: { readonly asks: Asks; readonly taken: number }) {
  const places = asks.flatMap(({ slots, perClassHour }) =>
    Array.from({ length: slots }, () => Number(perClassHour.amount)),
  );
  const most = Math.max(...places, Number.MIN_VALUE);
  const step = width / places.length;
  const words = asks.map(({ slots, perClassHour }) => `${slots} at ${price(perClassHour)}`).join(", then ");
  return (
    <figure className="ask-bars">
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" preserveAspectRatio="none">
        {places.map((asked, index) => {
          const tall = Math.max(3, (asked / most) * height);
          return (
            <rect
              // oxlint-disable-next-line react/no-array-index-key -- a place has no other name
              key={index}
              data-taken={index < taken || undefined}
              x={index * step + gap / 2}
              y={height - tall}
              width={Math.max(1, step - gap)}
              height={tall}
              rx={3}
            />
          );
        })}
      </svg>
      <figcaption>{words}</figcaption>
    </figure>
  );
}
