import { HearthworkError } from "../domain/index.ts";
import { joinTokenPattern } from "../wire/index.ts";

/** Where an exchange is, and by what it is known. */
export interface ExchangeAddress {
  /** Like https://exchange.example:7421. */
  readonly url: string;
  readonly fingerprint: string;
  /** Says whose a machine is that joins with it. */
  readonly join?: string;
}

const ourselves = ["127.0.0.1", "[::1]", "localhost"];

/**
 * The address that an exchange gives to providers: its URL, after a `#` its key's fingerprint, and after a point a token
 * that says whose machine it is, where that is to be known.
 * @throws {HearthworkError} `provider/bad-address`
 */
export function parseExchangeAddress(text: string): ExchangeAddress {
  if (!URL.canParse(text)) throw bad(`"${text.slice(0, 200)}" is no URL`);
  const url = new URL(text);
  const [fingerprint = "", join, ...more] = url.hash.slice(1).split(".");
  if (!/^[0-9a-f]{32}$/.test(fingerprint)) {
    throw bad("it lacks the exchange's fingerprint, 32 hex digits after a #");
  }
  if (more.length > 0 || (join !== undefined && !joinTokenPattern.test(join))) {
    throw bad("what comes after its fingerprint is no token for joining");
  }
  if (url.username !== "" || url.password !== "" || url.search !== "")
    throw bad("it carries more than it should");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && ourselves.includes(url.hostname))) {
    throw bad("elsewhere than on this machine an exchange is reached by https alone");
  }
  return { url: url.origin, fingerprint, ...(join === undefined ? {} : { join }) };
}

const bad = (why: string) =>
  new HearthworkError({
    code: "provider/bad-address",
    message: `this is no address of an exchange: ${why}; give it as the exchange shows it, like https://exchange.example:7421/#0123…`,
  });
