import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { httpQuestions } from "../../src/drivers/transports/httpQuestions.ts";
import type { FaultyServer } from "../../src/lab/devices/faultyServer.ts";
import { startHttpTwin, type TwinRequest, type TwinReply } from "../../src/lab/devices/httpTwin.ts";

let twin: FaultyServer | undefined;
afterEach(() => twin?.close());

const asked: TwinRequest[] = [];
/** Questions to a device that answers so, with the credentials "plug". */
async function questions(answer: (request: TwinRequest) => TwinReply, login?: "in the query") {
  asked.length = 0;
  twin = await startHttpTwin({
    answer(request) {
      asked.push(request);
      return answer(request);
    },
  });
  const device = { address: new URL(`http://127.0.0.1:${twin.port}`), credentials: "plug" };
  const ask = httpQuestions(device, { secret: (name) => (name === "plug" ? secret : undefined) }, login);
  return (path: string) => ask({ path }, AbortSignal.timeout(5000));
}
const secret = { username: "admin", password: "p:w/ö" };
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Checks a digest as a device does (RFC 7616), and takes each use of a challenge once. */
function digestDevice() {
  let uses = 0;
  let nonce = 1000;
  const answer = ({ method, path, headers }: TwinRequest): TwinReply => {
    const given = headers.authorization ?? "";
    const part = (name: string) => new RegExp(`\\b${name}="?([^",]*)`).exec(given)?.[1] ?? "";
    const expected = sha256(
      `${sha256(`admin:shelly:${secret.password}`)}:${nonce}:${part("nc")}:${part("cnonce")}:auth:${sha256(`${method}:${part("uri")}`)}`,
    );
    const isFresh = Number.parseInt(part("nc"), 16) > uses;
    if (part("response") === expected && isFresh && part("uri").startsWith(path)) {
      uses += 1;
      return { body: { done: path } };
    }
    const challenge = `Digest qop="auth", realm="shelly", nonce="${nonce}", algorithm=SHA-256`;
    return { status: 401, headers: { "www-authenticate": challenge } };
  };
  return {
    answer,
    forget() {
      nonce += 1;
      uses = 0;
    },
  };
}

describe("a device that asks for a login", () => {
  it("by digest gets it, and is asked once for each question from then on", async () => {
    const device = digestDevice();
    const ask = await questions(device.answer);
    expect(await ask("/rpc/Switch.GetStatus?id=0")).toEqual({ done: "/rpc/Switch.GetStatus" });
    expect(asked).toHaveLength(2);
    expect(await ask("/rpc/Switch.Set?id=0&on=true")).toEqual({ done: "/rpc/Switch.Set" });
    expect(asked).toHaveLength(3);
    device.forget();
    expect(await ask("/again")).toEqual({ done: "/again" });
    expect(asked).toHaveLength(5);
  });

  it("plainly gets it", async () => {
    const basic = `Basic ${Buffer.from(`admin:${secret.password}`).toString("base64")}`;
    const ask = await questions(({ headers }) =>
      headers.authorization === basic
        ? { body: 1 }
        : { status: 401, headers: { "www-authenticate": "Basic" } },
    );
    expect(await ask("/")).toBe(1);
  });

  it("in the query gets it", async () => {
    const ask = await questions(
      ({ query }) =>
        query.get("password") === secret.password ? { body: query.get("cmnd") } : { status: 401 },
      "in the query",
    );
    expect(await ask("/cm?cmnd=Status%208")).toBe("Status 8");
    expect(asked[0]?.query.get("user")).toBe("admin");
  });

  it("and does not take it is told of without the password", async () => {
    const ask = await questions(() => ({ status: 401, body: `wrong: ${secret.password}` }));
    const failing = ask("/");
    await expect(failing).rejects.toMatchObject({ code: "device/not-allowed" });
    await expect(failing).rejects.not.toMatchObject({
      message: expect.stringContaining(secret.password) as string,
    });
  });
});
