export { browserRuntime } from "./browserRuntime.ts";
export { openSolver } from "./openSolver.ts";
