import { Joules, toKwh } from "../../domain/index.ts";
import type { CarbonBasis, EnergyClaim } from "./energyClaim.ts";
import type { TaskReceipt } from "./receipt.ts";

/** A manifest of the Green Software Foundation's Impact Framework: whoever has it can compute a receipt's account anew. */
export interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly initialize: { readonly plugins: Readonly<Record<string, ManifestPlugin>> };
  readonly tree: { readonly children: Readonly<Record<string, ManifestNode>> };
}

export interface ManifestPlugin {
  readonly path: "builtin";
  readonly method: "Sum" | "Multiply" | "Subtract" | "Divide";
  readonly config: Readonly<Record<string, string | readonly string[]>>;
}

export interface ManifestNode {
  readonly pipeline: { readonly compute: readonly string[] };
  readonly inputs: readonly Readonly<Record<string, string | number>>[];
}

const plugin = (
  method: "Sum" | "Multiply" | "Subtract",
  inputs: readonly string[],
  output: string,
): ManifestPlugin => ({
  path: "builtin",
  method,
  config: { "input-parameters": inputs, "output-parameter": output },
});
const ratio = (numerator: string, denominator: string, output: string): ManifestPlugin => ({
  path: "builtin",
  method: "Divide",
  config: { numerator, denominator, output },
});

/** Energies in kWh, intensities in g per kWh, carbon in g. */
const plugins = {
  energy: plugin("Sum", ["energy/metered", "energy/reported", "energy/estimated"], "energy"),
  pue: ratio("energy/boundary", "energy", "pue"),
  erf: ratio("heat/useful", "energy/boundary", "erf"),
  used: plugin("Multiply", ["energy/boundary", "grid/carbon"], "carbon/used"),
  displaced: plugin("Multiply", ["heat/useful", "instead/carbon"], "carbon/displaced"),
  marginal: plugin("Multiply", ["energy/boundary", "grid/marginal-carbon"], "carbon/marginal"),
  elsewhere: plugin("Multiply", ["energy", "elsewhere/pue", "elsewhere/carbon"], "carbon/elsewhere"),
  avoided: plugin("Multiply", ["heat/useful", "instead/marginal-carbon"], "carbon/avoided"),
  consequential: plugin(
    "Subtract",
    ["carbon/marginal", "carbon/elsewhere", "carbon/avoided"],
    "carbon/consequential",
  ),
} as const;
const ratios = ["pue", "erf"] as const;
const carbon = ["used", "displaced", "marginal", "elsewhere", "avoided", "consequential"] as const;

/** Of those receipts whose claim may be true; a child each, by its id. */
export function manifestOf(name: string, receipts: readonly TaskReceipt[]): Manifest {
  const children = receipts.flatMap(({ id, work, account }) =>
    work && account ? [[id, nodeOf(work.claim, work.began, work.ended)] as const] : [],
  );
  return {
    name,
    description:
      "Energy in kWh, intensities in g CO2e per kWh, carbon in g CO2e in three ledgers, never netted",
    initialize: { plugins },
    tree: { children: Object.fromEntries(children) },
  };
}

function nodeOf(claim: EnergyClaim, began: string, ended: string): ManifestNode {
  const { energy, boundary, heat } = claim;
  const useful = heat.reduce((sum, { usefulJoules }) => sum + usefulJoules, 0);
  return {
    pipeline: {
      compute: ["energy", ...(boundary.joules > 0 ? ratios : []), ...(claim.carbon ? carbon : [])],
    },
    inputs: [
      {
        timestamp: began,
        duration: (Date.parse(ended) - Date.parse(began)) / 1000,
        "energy/metered": kwh(energy.metered),
        "energy/reported": kwh(energy.reported),
        "energy/estimated": kwh(energy.estimated),
        "energy/boundary": kwh(boundary.joules),
        "heat/useful": kwh(useful),
        ...(claim.carbon ? ratesOf(claim.carbon) : {}),
      },
    ],
  };
}

const ratesOf = ({ gridGramsPerKwh, marginalGramsPerKwh, instead, elsewhere }: CarbonBasis) => ({
  "grid/carbon": gridGramsPerKwh,
  "grid/marginal-carbon": marginalGramsPerKwh,
  "instead/carbon": instead?.gramsPerKwh ?? 0,
  "instead/marginal-carbon": instead?.marginalGramsPerKwh ?? 0,
  "elsewhere/carbon": elsewhere?.gramsPerKwh ?? 0,
  "elsewhere/pue": elsewhere?.pue ?? 1,
});

const kwh = (joules: number): number => toKwh(Joules(joules));
