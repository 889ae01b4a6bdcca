import { close, type ServerState, type ServerStep } from "./serverState.ts";

/** How much each misdeed weighs; an accepted share makes up for 1. */
const weights = {
  "a line that is no Stratum": 10,
  "an unknown request": 2,
  "an invalid share": 2,
  "a duplicate share": 1,
  "a share below its difficulty": 1,
  "a share for a user that is not authorised": 1,
} as const;
type Misdeed = keyof typeof weights;

const mostMisdeeds = 50;

/** Adds a misdeed to a step; the one too many closes the session. */
export function blame({ state, effects }: ServerStep, misdeed: Misdeed): ServerStep {
  const misdeeds = state.misdeeds + weights[misdeed];
  if (misdeeds < mostMisdeeds) return { state: { ...state, misdeeds }, effects };
  const step = close({ ...state, misdeeds }, `too many misdeeds; the last: ${misdeed}`);
  return { state: step.state, effects: [...effects, ...step.effects] };
}

export const forgive = (state: ServerState): ServerState =>
  state.misdeeds === 0 ? state : { ...state, misdeeds: state.misdeeds - 1 };
