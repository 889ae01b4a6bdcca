import { HearthworkError } from "../domain/index.ts";

/** Where an exchange is, and by what it is known. */
export interface ExchangeAddress {
  /** Like https://exchange.example:7421. */
  readonly url: string;
  readonly fingerprint: string;
}

const ourselves = ["127.0.0.1", "[::1]", "localhost"];

/**
 * The address that an exchange gives to providers: its URL, and its key's fingerprint after a `#`.
 * @throws {HearthworkError} `provider/bad-address`
 */
export function parseExchangeAddress(text: string): ExchangeAddress {
  if (!URL.canParse(text)) throw bad(`"${text.slice(0, 200)}" is no URL`);
  const url = new URL(text);
  const fingerprint = url.hash.slice(1);
  if (!/^[0-9a-f]{32}$/.test(fingerprint)) {
    throw bad("it lacks the exchange's fingerprint, 32 hex digits after a #");
  }
  if (url.username !== "" || url.password !== "" || url.search !== "")
    throw bad("it carries more than it should");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && ourselves.includes(url.hostname))) {
    throw bad("elsewhere than on this machine an exchange is reached by https alone");
  }
  return { url: url.origin, fingerprint };
}

const bad = (why: string) =>
  new HearthworkError({
    code: "provider/bad-address",
    message: `this is no address of an exchange: ${why}; give it as the exchange shows it, like https://exchange.example:7421/#0123…`,
  });
