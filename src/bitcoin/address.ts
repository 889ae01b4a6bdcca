import { concatBytes } from "@noble/hashes/utils.js";
import { HearthworkError } from "../domain/index.ts";
import { decodeBase58Check } from "./base58.ts";
import { bytesOfDigits, decodeBech32 } from "./bech32.ts";

export const networks = ["mainnet", "testnet", "regtest"] as const;
/** Signet and testnet4 write addresses as testnet does. */
export type Network = (typeof networks)[number];

const bech32Prefixes = { mainnet: "bc", testnet: "tb", regtest: "bcrt" } as const satisfies Record<
  Network,
  string
>;
const keyHashVersions = { mainnet: 0x00, testnet: 0x6f, regtest: 0x6f } as const;
const scriptHashVersions = { mainnet: 0x05, testnet: 0xc4, regtest: 0xc4 } as const;
const longestAddress = 90;

interface Decoded {
  readonly networks: readonly Network[];
  readonly script: Uint8Array;
}
interface Refused {
  readonly why: string;
}

/**
 * The script that pays to an address: P2PKH, P2SH, P2WPKH, P2WSH, P2TR.
 * @throws {HearthworkError} `bitcoin/bad-address` when the text is no address of this network; the message says why.
 */
export function scriptOfAddress(address: string, network: Network): Uint8Array {
  const decoded = decode(address);
  if ("why" in decoded) throw badAddress(address, decoded.why);
  if (decoded.networks.includes(network)) return decoded.script;
  throw badAddress(address, `it belongs to ${decoded.networks.join(" or ")}, not to ${network}`);
}

function decode(address: string): Decoded | Refused {
  if (address.length > longestAddress) return { why: "it is too long" };
  return /^(?:bc|tb|bcrt)1/i.test(address) ? decodeSegwit(address) : decodeLegacy(address);
}

function decodeLegacy(address: string): Decoded | Refused {
  const payload = decodeBase58Check(address);
  if ("why" in payload) return payload;
  const [version, ...hash] = payload;
  if (hash.length !== 20) return { why: `it carries ${hash.length} bytes where 20 are wanted` };
  const versionIn = (table: Record<Network, number>) => networks.filter((name) => table[name] === version);
  if (versionIn(keyHashVersions).length > 0) {
    const script = Uint8Array.of(0x76, 0xa9, 20, ...hash, 0x88, 0xac);
    return { networks: versionIn(keyHashVersions), script };
  }
  if (versionIn(scriptHashVersions).length > 0) {
    return { networks: versionIn(scriptHashVersions), script: Uint8Array.of(0xa9, 20, ...hash, 0x87) };
  }
  return { why: "it belongs to another coin" };
}

function decodeSegwit(address: string): Decoded | Refused {
  const decoded = decodeBech32(address);
  if ("why" in decoded) return decoded;
  const [version = 0, ...digits] = decoded.digits;
  const program = bytesOfDigits(digits);
  if (!program) return { why: "its padding is wrong" };
  const refusal = refuseProgram(version, program.length, decoded.encoding);
  if (refusal) return { why: refusal };
  const opcode = version === 0 ? 0x00 : 0x50 + version;
  return {
    networks: networks.filter((name) => bech32Prefixes[name] === decoded.prefix),
    script: concatBytes(Uint8Array.of(opcode, program.length), program),
  };
}

/** BIP 350; versions above 1 have no meaning yet, so coins sent there would be anyone's. */
function refuseProgram(version: number, length: number, encoding: "bech32" | "bech32m"): string | undefined {
  if (version > 16) return "there is no such witness version";
  if (version > 1) return `witness version ${version} has no meaning yet, and anyone could take the coins`;
  const wanted = version === 0 ? "bech32" : "bech32m";
  if (encoding !== wanted) return `it is written in ${encoding} where ${wanted} is wanted`;
  if (version === 0 && length !== 20 && length !== 32)
    return `it carries ${length} bytes where 20 or 32 are wanted`;
  if (version === 1 && length !== 32) return `it carries ${length} bytes where 32 are wanted`;
  return undefined;
}

const badAddress = (address: string, why: string) =>
  new HearthworkError({
    code: "bitcoin/bad-address",
    message: `"${address.slice(0, 100)}" is no address to be paid at: ${why}`,
    data: { address: address.slice(0, 100) },
  });
