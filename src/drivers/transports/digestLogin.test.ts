import { expect, it } from "vitest";
import { answerChallenge, readChallenge } from "./digestLogin.ts";

/** The example of RFC 7616, section 3.9.1. */
const header = (algorithm: string) =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;

it.each([
  ["MD5", "8ca523f5e9506fed4657c9700eebdbec"],
  ["SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"],
])("answers the %s challenge of the RFC as the RFC does", (algorithm, response) => {
  const challenge = readChallenge(header(algorithm)) ?? expect.unreachable();
  const answer = answerChallenge(
    challenge,
    { username: "Mufasa", password: "Circle of Life" },
    {
      method: "GET",
      path: "/dir/index.html",
      count: 1,
      clientNonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    },
  );
  expect(answer).toContain(`response="${response}"`);
  expect(answer).toContain('opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"');
  expect(answer).toMatch(/^Digest username="Mufasa", .*nc=00000001/);
});

it.each([
  undefined,
  "",
  'Basic realm="plug"',
  'Digest realm="x"',
  'Digest realm="x", nonce="1", qop="auth-int"',
  header("SHA-512"),
])("does not answer %j", (asked) => {
  expect(readChallenge(asked)).toBeUndefined();
});
