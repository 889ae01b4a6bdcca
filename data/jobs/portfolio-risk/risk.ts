// Monte-Carlo risk of a portfolio, in AssemblyScript. Each task simulates its own share of the scenarios and writes a
// histogram of the portfolio's return over the horizon; the histograms of all tasks add up (see sum.js).

import { input_length, progress, read_input, write_floats } from "../hearthwork";

const scenarios = 40_000;
const days = 10;
const daysAYear = 252.0;
/** Of the histogram: returns from −50 % to +50 %; what lies beyond is in the first and the last. */
const bins = 1000;
const reach = 0.5;

/** xoshiro256** (Blackman, Vigna 2018), seeded by SplitMix64. */
let s0: u64 = 0;
let s1: u64 = 0;
let s2: u64 = 0;
let s3: u64 = 0;
let mixed: u64 = 0;

function splitMix(): u64 {
  mixed += 0x9e3779b97f4a7c15;
  let z = mixed;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

function seed(value: u64): void {
  mixed = value;
  s0 = splitMix();
  s1 = splitMix();
  s2 = splitMix();
  s3 = splitMix();
}

/** Uniform in (0, 1]. */
function uniform(): f64 {
  const result = rotl<u64>(s1 * 5, 7) * 9;
  const t = s1 << 17;
  s2 ^= s0;
  s3 ^= s1;
  s1 ^= s2;
  s0 ^= s3;
  s2 ^= t;
  s3 = rotl<u64>(s3, 45);
  return (<f64>(result >> 11) + 1.0) / 9007199254740992.0;
}

let spare: f64 = 0;
let hasSpare: bool = false;

/** Box and Muller 1958. */
function normal(): f64 {
  if (hasSpare) {
    hasSpare = false;
    return spare;
  }
  const radius = Math.sqrt(-2.0 * Math.log(uniform()));
  const angle = 2.0 * Math.PI * uniform();
  spare = radius * Math.sin(angle);
  hasSpare = true;
  return radius * Math.cos(angle);
}

/** The lower triangle L with L·Lᵀ = the matrix (Cholesky); traps when it is no matrix of correlations. */
function cholesky(matrix: Float64Array, n: i32): Float64Array {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= lower[i * n + k] * lower[j * n + k];
      if (i == j) {
        if (sum <= 0) unreachable();
        lower[i * n + i] = Math.sqrt(sum);
      } else lower[i * n + j] = sum / lower[j * n + j];
    }
  }
  return lower;
}

/** portfolio.csv: a head, then a row an asset: name, value, drift and volatility a year, correlation with each. */
export function run(): void {
  const length = input_length();
  const bytes = new ArrayBuffer(length);
  read_input(0, changetype<usize>(bytes), length);
  const index = load<u32>(changetype<usize>(bytes));
  const rows = String.UTF8.decode(bytes.slice(8)).trim().split("\n");
  const n = rows.length - 1;
  const weights = new Float64Array(n);
  const drifts = new Float64Array(n);
  const swings = new Float64Array(n);
  const correlations = new Float64Array(n * n);
  let total: f64 = 0;
  for (let i = 0; i < n; i++) {
    const cells = rows[i + 1].split(",");
    if (cells.length != n + 4) unreachable();
    weights[i] = parseFloat(cells[1]);
    total += weights[i];
    const volatility = parseFloat(cells[3]);
    drifts[i] = (parseFloat(cells[2]) - 0.5 * volatility * volatility) / daysAYear;
    swings[i] = volatility / Math.sqrt(daysAYear);
    for (let j = 0; j < n; j++) correlations[i * n + j] = parseFloat(cells[4 + j]);
  }
  const lower = cholesky(correlations, n);
  const histogram = new Float64Array(bins);
  const shocks = new Float64Array(n);
  const logs = new Float64Array(n);
  seed(((<u64>index) << 32) | 0x68656174);
  for (let scenario = 0; scenario < scenarios; scenario++) {
    logs.fill(0);
    for (let day = 0; day < days; day++) {
      for (let i = 0; i < n; i++) shocks[i] = normal();
      for (let i = 0; i < n; i++) {
        let shock: f64 = 0;
        for (let k = 0; k <= i; k++) shock += lower[i * n + k] * shocks[k];
        logs[i] += drifts[i] + swings[i] * shock;
      }
    }
    let worth: f64 = 0;
    for (let i = 0; i < n; i++) worth += (weights[i] / total) * Math.exp(logs[i]);
    const place = <i32>Math.floor(((worth - 1.0 + reach) / (2.0 * reach)) * bins);
    histogram[max(0, min(bins - 1, place))] += 1;
    if (scenario % 4000 == 0) progress(<f64>scenario / scenarios);
  }
  write_floats(histogram.dataStart, bins);
}
