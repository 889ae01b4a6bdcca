/** FIPS 180-4 §4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
export const roundConstants: readonly number[] = primes(64).map((prime) => fractionOfRoot(prime, 3));

/** FIPS 180-4 §5.3.3: the same of the square roots of the first eight primes. */
export const initialState: readonly number[] = primes(8).map((prime) => fractionOfRoot(prime, 2));

function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}

/** ⌊2³² · ᵈ√n⌋ mod 2³², exact: ᵈ√(n · 2³²ᵈ) is found among the integers. */
function fractionOfRoot(n: number, degree: number): number {
  const scaled = BigInt(n) << BigInt(32 * degree);
  let root = 0n;
  for (let bit = 1n << 40n; bit > 0n; bit >>= 1n) {
    if ((root | bit) ** BigInt(degree) <= scaled) root |= bit;
  }
  return Number(BigInt.asUintN(32, root));
}
