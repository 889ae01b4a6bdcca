import { parentPort, workerData } from "node:worker_threads";
import { createKernel } from "../../bitcoin/index.ts";
import { fastestKernel } from "./fastestKernel.ts";
import type { SearchData } from "./messages.ts";
import { search } from "./search.ts";

const data = workerData as SearchData;
const { form } = data;
if (parentPort) await search(parentPort, data, form ? () => createKernel(form) : fastestKernel);
