import type { ComfortRange } from "./comfortRange.ts";
import { type Block, onOtherDay, resized, shifted, type Week } from "./week.ts";

interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

type TargetRange = Pick<ComfortRange, "coldestC" | "warmestC">;
const stepC = 0.5;

/**
 * A block after a key: arrows move it in time and between days, with Shift they move its end, with Alt its begin; plus
 * and minus change its temperature. Undefined for a key that means nothing here.
 */
export function blockAfterKey(pressed: Key, week: Week, block: Block, range: TargetRange): Block | undefined {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = pressed;
  if (ctrlKey || metaKey) return undefined;
  if (key === "ArrowUp") return onOtherDay(week, block, -1);
  if (key === "ArrowDown") return onOtherDay(week, block, 1);
  if (key === "+" || key === "=") return warmer(block, stepC, range);
  if (key === "-") return warmer(block, -stepC, range);
  if (key !== "ArrowLeft" && key !== "ArrowRight") return undefined;
  const direction = key === "ArrowLeft" ? -1 : 1;
  if (shiftKey) return resized(week, block, "to", direction);
  if (altKey) return resized(week, block, "from", direction);
  return shifted(week, block, direction);
}

const warmer = (block: Block, by: number, { coldestC, warmestC }: TargetRange): Block => ({
  ...block,
  targetC: Math.min(warmestC, Math.max(coldestC, block.targetC + by)),
});
