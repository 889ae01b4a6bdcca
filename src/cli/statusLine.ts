import type { WriteStream } from "node:tty";

/** One line at the bottom of a terminal that is written over and over; nothing where there is no terminal. */
export class StatusLine {
  readonly #stream: WriteStream;
  readonly #isShown: boolean;
  #isOpen = false;

  constructor(stream: WriteStream, quiet: boolean) {
    this.#stream = stream;
    this.#isShown = stream.isTTY && !quiet;
  }

  show(text: string): void {
    if (!this.#isShown) return;
    this.#isOpen = true;
    this.#stream.write(`\r\u001b[2K${text.slice(0, Math.max(20, this.#stream.columns - 1))}`);
  }

  /** Leaves the last text behind and goes to the next line. */
  end(): void {
    if (this.#isOpen) this.#stream.write("\n");
    this.#isOpen = false;
  }
}
