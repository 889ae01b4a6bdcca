/**
 * The value of a cookie in a Cookie header (RFC 6265, section 4.2); the first where there are several, undefined where
 * there is none.
 */
export function cookieNamed(name: string, header: string | undefined): string | undefined {
  for (const pair of header?.split(";") ?? []) {
    const cut = pair.indexOf("=");
    if (cut < 0 || pair.slice(0, cut).trim() !== name) continue;
    return pair.slice(cut + 1).trim();
  }
  return undefined;
}

export interface SessionCookie {
  readonly name: string;
  readonly value: string;
  /** Seconds; 0 removes it. */
  readonly maxAge: number;
  readonly isSecure: boolean;
}

/** A Set-Cookie header that no script can read and no other site's page can send. */
export function strictCookie({ name, value, maxAge, isSecure }: SessionCookie): string {
  return [
    `${name}=${value}`,
    "Path=/",
    `Max-Age=${maxAge}`,
    "HttpOnly",
    "SameSite=Strict",
    ...(isSecure ? ["Secure"] : []),
  ].join("; ");
}

/** Browsers hold a cookie of this name to be Secure, of this host alone and of every path. */
export const cookieName = (name: string, isSecure: boolean) => (isSecure ? `__Host-${name}` : name);
