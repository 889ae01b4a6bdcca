/** Reads a binary from its start; past the end it throws a RangeError. */
export class ByteReader {
  at: number;
  readonly #bytes: Uint8Array;
  readonly #end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.at = at;
    this.#end = end;
  }

  isDone(): boolean {
    return this.at >= this.#end;
  }

  byte(): number {
    const value = this.at < this.#end ? this.#bytes[this.at] : undefined;
    if (value === undefined) throw new RangeError(`nothing is left at byte ${this.at}`);
    this.at += 1;
    return value;
  }

  /** An unsigned LEB128 of at most 32 bits: WebAssembly core specification 2.0, §5.2.2. */
  count(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError(`a number is too long at byte ${this.at}`);
  }

  /** Goes past one LEB128 of either sign. */
  skipNumber(): void {
    for (let length = 0; length < 10; length += 1) if (this.byte() < 0x80) return;
    throw new RangeError(`a number is too long at byte ${this.at}`);
  }

  skip(bytes: number): void {
    if (this.at + bytes > this.#end) throw new RangeError(`${bytes} bytes are not left at byte ${this.at}`);
    this.at += bytes;
  }

  /** What lies in the next `bytes`, as a reader of its own; this one goes past them. */
  part(bytes: number): ByteReader {
    const begin = this.at;
    this.skip(bytes);
    return new ByteReader(this.#bytes, begin, begin + bytes);
  }

  text(): string {
    const length = this.count();
    const begin = this.at;
    this.skip(length);
    return new TextDecoder("utf-8", { fatal: true }).decode(this.#bytes.subarray(begin, this.at));
  }
}
