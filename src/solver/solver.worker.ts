import { parentPort } from "node:worker_threads";
import highsModule, { type Highs } from "highs";
import { messageOf } from "../domain/index.ts";
import type { SolveReply, SolveRequest } from "./messages.ts";
import { solveWithHighs } from "./solveWithHighs.ts";

/** The package's types describe its CommonJS form, whose function lies one level deeper. */
const loadHighs = highsModule as unknown as () => Promise<Highs>;
const highs = await loadHighs();

parentPort?.on("message", ({ id, program, limits }: SolveRequest) => {
  let reply: SolveReply;
  try {
    reply = { id, solution: solveWithHighs(highs, program, limits) };
  } catch (thrown) {
    reply = { id, failed: messageOf(thrown) };
  }
  parentPort?.postMessage(reply, []);
});
