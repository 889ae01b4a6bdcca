import { canonicalJson } from "../domain/index.ts";
import { faultsIn } from "../energy/index.ts";
import { type SignedReceipt, signedReceiptSchema } from "../wire/index.ts";
import { fingerprintOf, isJwsBy } from "./signingKey.ts";

export type ReceiptCheck =
  | {
      readonly kind: "sound";
      readonly signed: SignedReceipt;
      /** Of the key that issued it. */
      readonly fingerprint: string;
    }
  | { readonly kind: "refused"; readonly why: string };

/**
 * Whether a receipt is as it was issued: its text is canonical, both signatures are its own, and its sums are right.
 * Needs nothing but the text.
 * @param trusted the fingerprint of the key that has to have issued it; undefined: whichever did
 */
export async function verifyReceipt(text: string, trusted: string | undefined): Promise<ReceiptCheck> {
  const signed = parsed(text);
  if (typeof signed === "string") return refused(signed);
  const { receipt, signatures } = signed;
  const { issuer, provider, work, flags } = receipt;
  const fingerprint = fingerprintOf(issuer.key);
  if (trusted !== undefined && trusted !== fingerprint) {
    return refused(`it was issued by ${fingerprint}, not by ${trusted}`);
  }
  const isIssuers = await isJwsBy(
    issuer.key,
    "hearthwork-receipt+json",
    canonicalJson(receipt),
    signatures.issuer,
  );
  if (!isIssuers) return refused("the signature of who issued it is not this receipt's");
  if (provider.id !== `p${fingerprintOf(provider.key)}`) return refused("its provider has another key");
  if ((work === null) !== (signatures.provider === null)) {
    return refused("it shows its provider's work and signature only by half");
  }
  if (work && signatures.provider !== null) {
    const text = canonicalJson(work);
    if (!(await isJwsBy(provider.key, "hearthwork-work+json", text, signatures.provider))) {
      return refused("the signature of its provider is not this work's");
    }
  }
  if (work && flags.some((flag) => flag === "not-signed" || flag === "nothing-claimed")) {
    return refused("it shows a work that it says was not signed");
  }
  const [fault] = faultsIn(receipt);
  return fault === undefined ? { kind: "sound", signed, fingerprint } : refused(fault);
}

const refused = (why: string): ReceiptCheck => ({ kind: "refused", why });

function parsed(text: string): SignedReceipt | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  const { data, error } = signedReceiptSchema.safeParse(json);
  if (!data) {
    const [first] = error.issues;
    return `it is no receipt: ${first?.path.join(".") ?? ""}: ${first?.message ?? ""}`;
  }
  return canonicalJson(data) === text ? data : "its text is not the canonical one (RFC 8785) of what it says";
}
