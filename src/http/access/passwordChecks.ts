import { hashPassword, isPassword } from "./passwords.ts";

const most = 4;

/** Passwords that are being hashed: few wait, and one is computed at a time, so that they never take much time or memory. */
export class PasswordChecks {
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  isFull(): boolean {
    return this.#waiting >= most;
  }

  /** Whether it is the password that was hashed. */
  check(password: string, hash: string): Promise<boolean> {
    return this.#inTurn(() => isPassword(password, hash));
  }

  hash(password: string): Promise<string> {
    return this.#inTurn(() => hashPassword(password));
  }

  #inTurn<T>(compute: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const computed = this.#last.then(compute);
    this.#last = computed.catch(() => undefined);
    return computed.finally(() => (this.#waiting -= 1));
  }
}
