import type { Duplex } from "node:stream";

/**
 * Has what is written to a socket in one turn leave together: each write by itself is a system call, and wakes whoever
 * reads.
 * @returns call it before each write
 */
export function writeTogether(socket: Duplex): () => void {
  let isHeld = false;
  return () => {
    if (isHeld) return;
    isHeld = true;
    socket.cork();
    process.nextTick(() => {
      isHeld = false;
      socket.uncork();
    });
  };
}
