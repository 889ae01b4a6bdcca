import { parentPort, workerData } from "node:worker_threads";
import { createKernel } from "../../bitcoin/index.ts";
import type { SearchData } from "./messages.ts";
import { search } from "./search.ts";

const data = workerData as SearchData;
if (parentPort) await search(parentPort, data, createKernel(data));
