/** Refractive index of window glass and its absorption per pane (4 mm of clear float glass). */
const index = 1.526;
const absorbedPerPane = 0.06;

/** Panes that a window of this U-value, W/(m²K), has. */
const panesOf = (uValue: number): number => (uValue > 4 ? 1 : uValue > 1.4 ? 2 : 3);

const tableSteps = 200;
const tables = new Map<number, Float64Array>();

/** Transmittance by cosine of incidence, from 0 to 1 in even steps, as a share of that at normal incidence. */
function modifierTable(panes: number): Float64Array {
  const known = tables.get(panes);
  if (known) return known;
  const normal = transmittance(panes, 1);
  const table = Float64Array.from({ length: tableSteps + 1 }, (_, step) =>
    step === 0 ? 0 : transmittance(panes, step / tableSteps) / normal,
  );
  tables.set(panes, table);
  return table;
}

/**
 * What a glazing lets in at an angle as a share of what it lets in at normal incidence: Fresnel's reflection at every
 * face and Bouguer's absorption in every pane (Duffie & Beckman, Solar Engineering of Thermal Processes, 4th ed., ch.
 * 5).
 */
export function angularModifier(uValue: number): (cosIncidence: number) => number {
  const table = modifierTable(panesOf(uValue));
  return (cosIncidence) => {
    const place = Math.min(1, Math.max(0, cosIncidence)) * tableSteps;
    const below = Math.floor(place);
    const low = table[below] ?? 0;
    return low + ((table[below + 1] ?? low) - low) * (place - below);
  };
}

/** The same for light from a whole hemisphere. */
export function diffuseModifier(uValue: number): number {
  const modifier = angularModifier(uValue);
  const steps = 90;
  let sum = 0;
  for (let step = 0; step < steps; step++) {
    const angle = ((step + 0.5) / steps) * (Math.PI / 2);
    sum += modifier(Math.cos(angle)) * Math.sin(2 * angle) * (Math.PI / 2 / steps);
  }
  return sum;
}

function transmittance(panes: number, cosine: number): number {
  const sine = Math.sqrt(Math.max(0, 1 - cosine ** 2)) / index;
  const inside = Math.sqrt(1 - sine ** 2);
  const across = ((cosine - index * inside) / (cosine + index * inside)) ** 2;
  const along = ((inside - index * cosine) / (inside + index * cosine)) ** 2;
  const through = (1 - absorbedPerPane) ** (1 / inside);
  const pane = (reflected: number) => {
    const tau = ((1 - reflected) ** 2 * through) / (1 - (reflected * through) ** 2);
    return { tau, rho: reflected * (1 + through * tau) };
  };
  return (stack(panes, pane(across)) + stack(panes, pane(along))) / 2;
}

/** Panes one behind another, with all reflections between them. */
function stack(panes: number, one: { readonly tau: number; readonly rho: number }): number {
  let { tau, rho } = one;
  for (let pane = 1; pane < panes; pane++) {
    const between = 1 - rho * one.rho;
    const next = (tau * one.tau) / between;
    rho = rho + (tau ** 2 * one.rho) / between;
    tau = next;
  }
  return tau;
}

/** The share of a window that a long overhang shades from a beam of this profile angle, 0 … 1. */
export function overhangShade(
  { depthM, gapM }: { readonly depthM: number; readonly gapM: number },
  heightM: number,
  tanProfile: number,
): number {
  return Math.min(1, Math.max(0, (depthM * tanProfile - gapM) / heightM));
}

/** The share of the sky's half that a wall's window sees below a long overhang, averaged over its height. */
export function skyBelowOverhang(
  { depthM, gapM }: { readonly depthM: number; readonly gapM: number },
  heightM: number,
): number {
  const steps = 20;
  let seen = 0;
  for (let step = 0; step < steps; step++) {
    const below = gapM + ((step + 0.5) / steps) * heightM;
    seen += below / Math.hypot(below, depthM);
  }
  return seen / steps;
}
