import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { between, type Clock, HearthworkError, Instant, messageOf, Seconds } from "../../domain/index.ts";

export interface TlsFiles {
  /** PEM, with the certificates between ours and the authority's after it. */
  readonly certificate: string;
  readonly key: string;
}

export interface TlsIdentity {
  readonly cert: string;
  readonly key: string;
  readonly validTo: Instant;
  /** The host names that it is for, without wildcards. */
  readonly names: readonly string[];
}

const maxBytes = 256 * 1024;

/**
 * Reads a certificate and its key.
 * @throws {HearthworkError} `access/bad-certificate` when they cannot be read or do not belong together
 */
export function readTls({ certificate, key }: TlsFiles): TlsIdentity {
  const cert = readPem(certificate);
  const privateKey = readPem(key);
  try {
    const parsed = new X509Certificate(cert);
    if (!parsed.checkPrivateKey(createPrivateKey(privateKey)))
      throw new Error("the key is another certificate's");
    createSecureContext({ cert, key: privateKey });
    return {
      cert,
      key: privateKey,
      validTo: Instant(parsed.validToDate.getTime()),
      names: [...(parsed.subjectAltName ?? "").matchAll(/(?:^|, )DNS:([a-z0-9.-]+)(?=,|$)/gi)].map(
        ([, name = ""]) => name.toLowerCase(),
      ),
    };
  } catch (cause) {
    throw bad(
      `${certificate} and ${key} cannot be used for TLS (${messageOf(cause)}); they must be a certificate and its unencrypted key in PEM`,
    );
  }
}

export interface TlsFollower {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  onChange(identity: TlsIdentity): void;
  onTrouble(message: string): void;
}

const lookEvery = Seconds(60);
const warnBefore = Seconds(7 * 86_400);

/**
 * Looks every minute whether the files were renewed, until it is told to stop. What cannot be used is told once, and
 * the certificate before it stays; so is one that ends within a week.
 */
export async function followTls(files: TlsFiles, { clock, signal, ...tell }: TlsFollower): Promise<void> {
  let told: string | undefined;
  let current: string | undefined;
  while (!signal.aborted) {
    const trouble = look();
    if (trouble !== undefined && trouble !== told) tell.onTrouble(trouble);
    told = trouble;
    await clock.sleep(lookEvery, signal);
  }

  function look(): string | undefined {
    try {
      const identity = readTls(files);
      const content = identity.cert + identity.key;
      if (current !== undefined && content !== current) tell.onChange(identity);
      current = content;
      if (between(clock.now(), identity.validTo) > warnBefore) return undefined;
      return `${files.certificate} is valid until ${new Date(identity.validTo).toISOString()}; renew it`;
    } catch (thrown) {
      return messageOf(thrown);
    }
  }
}

function readPem(file: string): string {
  try {
    if (statSync(file).size > maxBytes) throw new Error(`longer than ${maxBytes / 1024} KiB`);
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw bad(`cannot read ${file}: ${messageOf(cause)}`);
  }
}

const bad = (message: string) => new HearthworkError({ code: "access/bad-certificate", message });
