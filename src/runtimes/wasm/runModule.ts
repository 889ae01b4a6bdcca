import { TaskFault, type TaskImport, taskImportModule } from "../../jobs/index.ts";
import { type WasmModule, webAssembly } from "./webAssembly.ts";

export interface ModuleRun {
  readonly module: WasmModule;
  readonly input: Uint8Array;
  readonly maxOutputBytes: number;
  readonly onProgress: (done: number) => void;
}

/** What any NaN becomes in an output of floats, so that equal means equal on every machine. */
const canonicalNaN = Number.NaN;

/**
 * Runs a module that was judged sound, to its end, and gives what it wrote. It blocks: whoever calls it must be
 * something that can be killed.
 * @throws {TaskFault} when it writes past the limit, or names memory that it does not have; else what the engine throws
 */
export function runModule({ module, input, maxOutputBytes, onProgress }: ModuleRun): Uint8Array {
  const output = new Uint8Array(maxOutputBytes);
  let written = 0;
  const room = (bytes: number): Uint8Array => {
    if (written + bytes > maxOutputBytes) throw new TaskFault(`it writes more than ${maxOutputBytes} bytes`);
    const part = output.subarray(written, written + bytes);
    written += bytes;
    return part;
  };
  /** Addresses come as signed integers of 32 bits. */
  const memoryAt = (address: number, bytes: number): Uint8Array => {
    const { buffer } = exports["memory"] as { readonly buffer: ArrayBuffer };
    const begin = address >>> 0;
    if (begin + bytes > buffer.byteLength) throw new TaskFault("it names memory that it does not have");
    return new Uint8Array(buffer, begin, bytes);
  };
  const imports: Record<TaskImport, (...values: number[]) => number | void> = {
    input_length: () => input.length,
    read_input(offset = 0, to = 0, length = 0) {
      const part = input.subarray(offset >>> 0, (offset >>> 0) + (length >>> 0));
      memoryAt(to, part.length).set(part);
      return part.length;
    },
    write_output(from = 0, length = 0) {
      room(length >>> 0).set(memoryAt(from, length >>> 0));
    },
    write_floats(from = 0, count = 0) {
      const bytes = (count >>> 0) * 8;
      const target = room(bytes);
      target.set(memoryAt(from, bytes));
      const view = new DataView(target.buffer, target.byteOffset, bytes);
      for (let at = 0; at < bytes; at += 8) {
        if (Number.isNaN(view.getFloat64(at, true))) view.setFloat64(at, canonicalNaN, true);
      }
    },
    progress(done = 0) {
      if (done >= 0 && done <= 1) onProgress(done);
    },
  };
  const { exports } = new webAssembly.Instance(module, { [taskImportModule]: imports });
  (exports["run"] as () => void)();
  return output.slice(0, written);
}
