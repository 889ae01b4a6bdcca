import type { Highs } from "highs";
import type { Program, ProgramLimits, ProgramSolution } from "../heat/index.ts";

/**
 * With a solution to begin with what matters is the proof: a search for better ones within smaller programmes took four
 * fifths of the time on plans of a day, and cuts at each node and many trials of a branch as much again as the proof
 * (docs/decisions/0026).
 */
const towardsProof = {
  mip_heuristic_run_rins: false,
  mip_heuristic_run_rens: false,
  mip_heuristic_run_root_reduced_cost: false,
  mip_allow_cut_separation_at_nodes: false,
  mip_pscost_minreliable: 2,
  mip_lp_age_limit: 5,
};

/** Solves one programme on this thread; it is busy meanwhile. */
export function solveWithHighs(highs: Highs, program: Program, limits: ProgramLimits): ProgramSolution {
  const began = performance.now();
  const { modelStatus, variableType } = highs.constants;
  const numCols = program.cost.length;
  const numRows = program.rowLower.length;
  const isMixed = limits.relaxed !== true && program.isInteger.some(Boolean);
  return highs.withModel(
    {
      numCols,
      numRows,
      colCost: Float64Array.from(program.cost),
      colLower: Float64Array.from(program.lower),
      colUpper: Float64Array.from(program.upper),
      rowLower: Float64Array.from(program.rowLower),
      rowUpper: Float64Array.from(program.rowUpper),
      matrix: {
        format: "csr",
        numRows,
        numCols,
        starts: Int32Array.from(program.rowStart),
        indices: Int32Array.from(program.columns),
        values: Float64Array.from(program.values),
      },
      ...(isMixed
        ? {
            integrality: program.isInteger.map((isInteger) =>
              isInteger ? variableType.integer : variableType.continuous,
            ),
          }
        : {}),
    },
    (model): ProgramSolution => {
      model.options.set({
        output_flag: false,
        time_limit: limits.seconds,
        mip_abs_gap: limits.gap,
        mip_rel_gap: 0,
        mip_allow_restart: false,
        ...(limits.start ? towardsProof : {}),
        ...(limits.target === undefined ? {} : { objective_target: limits.target }),
      });
      if (limits.start) model.setSolution({ colValue: Float64Array.from(limits.start) });
      model.run();
      const status = model.getModelStatus();
      const isSolved = status === modelStatus.optimal || status === modelStatus.objectiveTarget;
      const isFeasible = isSolved || Number(model.info.get("primal_solution_status")) === 2;
      return {
        values: isFeasible ? Array.from(model.getSolution().colValue) : undefined,
        end: isSolved ? "solved" : status === modelStatus.infeasible ? "infeasible" : "time",
        bound: isMixed ? Number(model.info.get("mip_dual_bound")) : model.getObjectiveValue(),
        seconds: (performance.now() - began) / 1000,
      };
    },
  );
}
