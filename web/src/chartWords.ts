import { summaryOf } from "./chart/line.ts";
import { celsius, degrees, watts } from "./format.ts";
import type { RoomLines } from "./roomLines.ts";

/** The chart in a sentence or two, for those who do not see it. */
export function chartWords(room: string, span: string, { temperature, target, power }: RoomLines): string {
  const warmth = summaryOf(temperature);
  const heat = summaryOf(power);
  const wish = summaryOf(target);
  if (!warmth && !heat) return `Nothing is recorded for ${room} in the ${span}.`;
  const parts: string[] = [];
  if (warmth) {
    const end = warmth.last === null ? "unknown at the end" : `${celsius(warmth.last)} at the end`;
    parts.push(`it was between ${degrees(warmth.min)} and ${celsius(warmth.max)}, ${end}`);
  }
  if (wish) {
    parts.push(
      wish.min === wish.max
        ? `${celsius(wish.min)} was wanted`
        : `between ${degrees(wish.min)} and ${celsius(wish.max)} was wanted`,
    );
  }
  if (heat) parts.push(`the heaters drew ${watts(heat.mean)} on average and ${watts(heat.max)} at most`);
  const gaps = Math.max(warmth?.gaps ?? 0, heat?.gaps ?? 0);
  const missing = gaps === 0 ? "" : ` Readings are missing ${gaps === 1 ? "once" : `${gaps} times`}.`;
  return `${room} in the ${span}: ${parts.join("; ")}.${missing}`;
}
