import { divideRounded, type Hashes, Micros, Sats } from "../domain/index.ts";
import { hashesPerDifficulty } from "./difficulty.ts";

const secondsPerDay = 86_400;
const hashesPerTerahash = 1e12;
const satsPerBitcoin = 1e8;
const joulesPerKwh = 3.6e6;

/** What a block pays. */
export interface BlockReward {
  /** Of the network. */
  readonly difficulty: number;
  /** Subsidy and fees. */
  readonly reward: Sats;
}

/** Blocks between halvings on mainnet and testnet; regtest halves every 150. */
const halvingInterval = 210_000;

/** What a block at this height mints. */
export function subsidyAt(height: number, interval: number = halvingInterval): Sats {
  const halvings = Math.floor(height / interval);
  return Sats(halvings >= 64 ? 0n : 5_000_000_000n >> BigInt(halvings));
}

/** What a number of hashes earns on average, in sats and fractions of them. */
export function expectedSats(hashes: Hashes, { difficulty, reward }: BlockReward): number {
  return (hashes / (difficulty * hashesPerDifficulty)) * Number(reward);
}

/** What a hash rate of 1 TH/s earns in a day on average, bitcoin: 86400·10¹²·(subsidy+fees)/(D·2³²). */
export function bitcoinPerTerahashDay({ difficulty, reward }: BlockReward): number {
  const hashes = secondsPerDay * hashesPerTerahash;
  return (hashes / (difficulty * hashesPerDifficulty)) * (Number(reward) / satsPerBitcoin);
}

export interface Efficiency {
  /** What 1 TH/s earns in a day, in any currency. */
  readonly perTerahashDay: number;
  readonly joulesPerTerahash: number;
  /** The pool's share of it, 0 … 1. */
  readonly poolFee: number;
}

/** What a kWh earns by mining, in the currency of `perTerahashDay`: the electricity price at which mining breaks even. */
export function revenuePerKwh({ perTerahashDay, joulesPerTerahash, poolFee }: Efficiency): number {
  const kwhPerTerahashDay = (joulesPerTerahash * secondsPerDay) / joulesPerKwh;
  return (perTerahashDay * (1 - poolFee)) / kwhPerTerahashDay;
}

/** What sats, and fractions of them, are worth where a bitcoin costs `bitcoinPrice`; rounded to the nearest millionth. */
export function worthOf(sats: number, bitcoinPrice: Micros): Micros {
  const millionths = BigInt(Math.round(sats * 1_000_000));
  return Micros(divideRounded(millionths * bitcoinPrice, 1_000_000n * BigInt(satsPerBitcoin)));
}
