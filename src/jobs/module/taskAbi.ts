/** All that a task's module may import, from the module `hearthwork`; docs/guide/exchange.md says what each does. */
export const taskImports = [
  "input_length",
  "read_input",
  "write_output",
  "write_floats",
  "progress",
] as const;
export type TaskImport = (typeof taskImports)[number];
export const taskImportModule = "hearthwork";

export const bytesPerPage = 65_536;
export const bytesPerMiB = 1_048_576;

/** The task could not be done for a reason that lies in its module or its input. */
export class TaskFault extends Error {
  override readonly name = "TaskFault";
}
