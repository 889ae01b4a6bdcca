export { openSolver } from "./openSolver.ts";
