import { HearthworkError, messageOf } from "../../domain/index.ts";
import { sha256d } from "../sha256d.ts";
import { meetsTarget } from "../target.ts";
import type { HeaderWork, Hit } from "../work.ts";
import { emitKernel, groupSize, type KernelForm } from "./emitKernel.ts";
import { inputs, midstateOf } from "./headerHash.ts";
import { inputAddress } from "./memory.ts";
import { webAssembly } from "./webAssembly.ts";
import { createArithmetic } from "./words.ts";

/** Nonces of a header: 0 … 2³² − 1. */
export const nonceCount = 2 ** 32;

/** Searches the nonces of one header at a time. */
export interface Kernel {
  readonly form: KernelForm;
  /**
   * From now on searches this header.
   * @throws {HearthworkError} `kernel/bad-work` unless the header has 80 bytes and the target 32.
   */
  prepare(work: HeaderWork): void;
  /**
   * Tries `count` nonces from `start`, in order, and gives every hit among them, each recomputed in full.
   * @throws {HearthworkError} `kernel/bad-range` outside 0 … 2³²; `kernel/not-prepared` before the first work.
   */
  scan(start: number, count: number): Hit[];
}

/** The form for any compiler: vectors where this host has them. */
export const plainForm = (): KernelForm => (webAssembly().validate(emitKernel("simd")) ? "simd" : "scalar");

/** @throws {HearthworkError} `kernel/not-started` when the host cannot run it. */
export function createKernel(form: KernelForm = plainForm()): Kernel {
  const { memory, scan } = instantiate(form);
  const size = groupSize(form);
  let current: HeaderWork | undefined;

  return {
    form,
    prepare(work) {
      checkWork(work);
      writeInputs(memory, work);
      current = work;
    },
    scan(start, count) {
      const work = current;
      if (!work) throw notPrepared();
      checkRange(start, count);
      const hits: Hit[] = [];
      const end = start + count;
      for (let next = start; next < end;) {
        const groups = Math.ceil((end - next) / size);
        const left = scan(next, groups);
        if (left < 0) break;
        const group = next + (groups - left - 1) * size;
        next = group + size;
        for (let nonce = group; nonce < Math.min(next, end); nonce++) {
          const hit = recompute(work, nonce);
          if (hit) hits.push(hit);
        }
      }
      return hits;
    },
  };
}

interface Scanner {
  readonly memory: DataView;
  /** As `emitKernel` says. */
  readonly scan: (nonce: number, groups: number) => number;
}

function instantiate(form: KernelForm): Scanner {
  try {
    const { Instance, Module } = webAssembly();
    const { exports } = new Instance(new Module(emitKernel(form)));
    return {
      memory: new DataView((exports["memory"] as { buffer: ArrayBuffer }).buffer),
      scan: exports["scan"] as Scanner["scan"],
    };
  } catch (error) {
    throw new HearthworkError({
      code: "kernel/not-started",
      message: `this host does not run the hash kernel: ${messageOf(error)}`,
      data: { form },
      cause: error,
    });
  }
}

function writeInputs(memory: DataView, { header, target }: HeaderWork): void {
  const bytes = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const tail = [64, 68, 72].map((offset) => bytes.getUint32(offset));
  const midstate = midstateOf(createArithmetic({ hasRotation: true }), bytes);
  const targetTop = new DataView(target.buffer, target.byteOffset).getUint32(28, true);
  const write = (index: number, word: number) => memory.setUint32(inputAddress(index), word, true);
  for (const [i, word] of midstate.entries()) write(inputs.midstate + i, word);
  for (const [i, word] of tail.entries()) write(inputs.tail + i, word);
  write(inputs.targetTop, targetTop);
}

function recompute(work: HeaderWork, nonce: number): Hit | undefined {
  const header = Uint8Array.from(work.header);
  new DataView(header.buffer).setUint32(76, nonce, true);
  const hash = sha256d(header);
  return meetsTarget(hash, work.target) ? { work, nonce, hash } : undefined;
}

function checkWork({ header, target }: HeaderWork): void {
  if (header.length === 80 && target.length === 32) return;
  throw new HearthworkError({
    code: "kernel/bad-work",
    message: `work has a header of 80 bytes and a target of 32, not of ${header.length} and ${target.length}`,
    data: { header: header.length, target: target.length },
  });
}

function checkRange(start: number, count: number): void {
  const isRange = Number.isInteger(start) && Number.isInteger(count) && start >= 0 && count >= 0;
  if (isRange && start + count <= nonceCount) return;
  throw new HearthworkError({
    code: "kernel/bad-range",
    message: `${count} nonces from ${start} are not among the 2^32 of a header; ask for fewer`,
    data: { start, count },
  });
}

const notPrepared = () =>
  new HearthworkError({
    code: "kernel/not-prepared",
    message: "the kernel has no work yet; call prepare first",
  });
