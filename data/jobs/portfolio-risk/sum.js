// Adds up the histograms that the tasks of this job wrote: node sum.js RESULTS-FOLDER
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2] ?? "results";
const bins = 1000;
const histogram = new Float64Array(bins);
for (const name of readdirSync(folder)) {
  const bytes = readFileSync(join(folder, name));
  for (let bin = 0; bin < bins; bin += 1) histogram[bin] += bytes.readDoubleLE(bin * 8);
}
const scenarios = histogram.reduce((sum, count) => sum + count, 0);
const lossOf = (bin) => 0.5 - (bin + 0.5) / bins;

function tail(share) {
  let count = 0;
  let losses = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    count += histogram[bin];
    losses += histogram[bin] * lossOf(bin);
    if (count >= share * scenarios) return { atRisk: lossOf(bin), shortfall: losses / count };
  }
  throw new Error("there are no scenarios");
}

const percent = (share) => `${(100 * share).toFixed(2)} %`;
process.stdout.write(`${scenarios} scenarios of ten days\n`);
for (const share of [0.05, 0.01]) {
  const { atRisk, shortfall } = tail(share);
  process.stdout.write(
    `in the worst ${percent(share)} of them the portfolio loses ${percent(atRisk)} or more, ${percent(shortfall)} on average\n`,
  );
}
