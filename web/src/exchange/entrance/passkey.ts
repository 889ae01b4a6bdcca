import { answered } from "../../asking.ts";
import { api, type Account, type Me } from "../api.ts";

/** Whether this browser has passkeys, and this page is the one for which they are. */
export const hasPasskeys = (origin: string | null): boolean =>
  origin === location.origin && "PublicKeyCredential" in window;

/**
 * Has the device make a passkey, and adds it to one's account.
 * @throws {Error} with words for people, also where the device made none
 */
export async function addPasskey(name: string): Promise<Account> {
  const { options } = await answered(api.POST("/api/v1/account/passkeys/options"));
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  const made = await asked(() => navigator.credentials.create({ publicKey }), "made");
  return answered(api.POST("/api/v1/account/passkeys", { body: { name, passkey: made as never } }));
}

/**
 * Signs in by a passkey that the device holds.
 * @throws {Error} with words for people, also where the device showed none
 */
export async function signInByPasskey(): Promise<Me> {
  const { options } = await answered(api.POST("/api/v1/me/passkey/options"));
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const shown = await asked(() => navigator.credentials.get({ publicKey }), "showed");
  return answered(api.POST("/api/v1/me/passkey", { body: { passkey: shown as never } }));
}

async function asked(ask: () => Promise<Credential | null>, what: "made" | "showed"): Promise<unknown> {
  try {
    const credential = await ask();
    if (credential instanceof PublicKeyCredential) return credential.toJSON();
  } catch (thrown) {
    const isKnown = thrown instanceof DOMException && thrown.name === "InvalidStateError";
    if (isKnown) throw new Error("This device has a passkey for your account already.", { cause: thrown });
    throw new Error(`The device ${what} no passkey. It was cancelled, took too long, or there is none.`, {
      cause: thrown,
    });
  }
  throw new Error(`The device ${what} no passkey.`);
}
