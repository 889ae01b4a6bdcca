import { messageOf } from "../../../src/domain/index.ts";
import { loadSolver, type SolveReply, type SolveRequest } from "../../../src/solver/browser.ts";
import type { SolverBegun } from "./messages.ts";

const thisScript = import.meta.url;
/** The hearth serves it from where it has its own. */
const solver = loadSolver(new URL("../highs.wasm", thisScript).href);
const asker = globalThis as unknown as Pick<Worker, "postMessage">;
const begin = (begun: SolverBegun) => asker.postMessage(begun, []);
solver.then(
  () => begin({ begun: true }),
  (thrown: unknown) => begin({ begun: false, why: messageOf(thrown) }),
);

async function answer({ id, program, limits }: SolveRequest): Promise<void> {
  let reply: SolveReply;
  try {
    reply = { id, solution: await (await solver)(program, limits) };
  } catch (thrown) {
    reply = { id, failed: messageOf(thrown) };
  }
  asker.postMessage(reply, []);
}

addEventListener("message", ({ data }: MessageEvent<SolveRequest>) => void answer(data));
