import { generateKeyPairSync, sign } from "node:crypto";

/** A certificate for 127.0.0.1 and localhost that signs itself, with its key; both PEM. */
export function selfSignedCertificate(): { readonly certificate: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ecdsaWithSha256 = sequence(Buffer.from("06082a8648ce3d040302", "hex"));
  const commonName = Buffer.concat([
    Buffer.from("0603550403", "hex"),
    tagged(0x0c, Buffer.from("127.0.0.1")),
  ]);
  const name = sequence(tagged(0x31, sequence(commonName)));
  const validity = sequence(
    tagged(0x18, Buffer.from("20200101000000Z")),
    tagged(0x18, Buffer.from("20990101000000Z")),
  );
  const alternativeNames = sequence(
    tagged(0x82, Buffer.from("localhost")),
    tagged(0x87, Buffer.from([127, 0, 0, 1])),
  );
  const extension = sequence(Buffer.from("0603551d11", "hex"), tagged(0x04, alternativeNames));
  const body = sequence(
    tagged(0xa0, Buffer.from("020102", "hex")),
    Buffer.from("020101", "hex"),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(extension)),
  );
  const signature = tagged(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", body, privateKey)]));
  const der = sequence(body, ecdsaWithSha256, signature);
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** ASN.1's distinguished encoding of one value. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const sequence = (...contents: readonly Buffer[]) => tagged(0x30, Buffer.concat(contents));
