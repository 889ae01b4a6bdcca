import {
  IconAlertTriangle,
  IconFlame,
  IconHandStop,
  IconHourglass,
  IconMoon,
  IconPlugConnectedX,
} from "@tabler/icons-react";
import type { Heater } from "../api.ts";

const states = {
  off: { word: "Off", tone: "calm", Icon: IconMoon },
  heating: { word: "Heating", tone: "ember", Icon: IconFlame },
  settling: { word: "Settling", tone: "warn", Icon: IconHourglass },
  "stopped-by-owner": { word: "Stopped by you", tone: "calm", Icon: IconHandStop },
  unreachable: { word: "Not reachable", tone: "bad", Icon: IconPlugConnectedX },
  fault: { word: "Fault", tone: "bad", Icon: IconAlertTriangle },
} as const;

/** What a heater does, in a word. */
export function HeaterState({ state }: Heater) {
  const { word, tone, Icon } = states[state];
  return (
    <p className="chip" data-tone={tone}>
      <Icon size={16} aria-hidden="true" />
      {word}
    </p>
  );
}
