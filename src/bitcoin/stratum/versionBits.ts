/** BIP 320: the version bits that are free for any use. */
export const freeVersionBits = 0x1fff_e000;

/** BIP 310: the job's version, but for the mask's bits. Unsigned. */
export const rolledVersion = (version: number, mask: number, bits: number): number =>
  ((version & ~mask) | (bits & mask)) >>> 0;
