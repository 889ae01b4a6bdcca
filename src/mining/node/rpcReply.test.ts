import { describe, expect, it } from "vitest";
import { readRpcReply } from "./rpcReply.ts";
import { describeAnyReply } from "./rpcReply.suite.ts";

const reply = (fields: object) => JSON.stringify({ id: 7, result: null, error: null, ...fields });

describe("readRpcReply", () => {
  it("gives the result", () => {
    expect(readRpcReply(200, reply({ result: { height: 3 } }), 7, "m")).toEqual({ height: 3 });
    expect(readRpcReply(200, reply({}), 7, "submitblock")).toBeNull();
  });

  it.each([
    ["wrong credentials", 401, "", "node/unauthorised"],
    ["an address that is not allowed", 403, "", "node/forbidden"],
    ["a full queue", 503, "Work queue depth exceeded", "node/busy"],
    ["a web page", 200, "<html>hello</html>", "node/garbled"],
    ["an answer to another call", 200, JSON.stringify({ id: 8, result: 1, error: null }), "node/garbled"],
    [
      "a node that starts",
      500,
      reply({ error: { code: -28, message: "Loading block index…" } }),
      "node/syncing",
    ],
    ["a node that catches up", 500, reply({ error: { code: -10, message: "downloading" } }), "node/syncing"],
    ["a node without peers", 500, reply({ error: { code: -9, message: "not connected" } }), "node/no-peers"],
    [
      "an unknown method",
      404,
      reply({ error: { code: -32601, message: "Method not found" } }),
      "node/refused",
    ],
  ])("names %s", (_, status, body, code) => {
    expect(() => readRpcReply(status, body, 7, "m")).toThrow(expect.objectContaining({ code }));
  });

  it("keeps control characters of others off the screen", () => {
    const body = reply({ error: { code: -1, message: "\u001b[2Jgone\r\nnext" } });
    expect(() => readRpcReply(500, body, 7, "m")).toThrow("the Bitcoin node refused m: [2Jgone next (-1)");
  });
});

describeAnyReply(Number(process.env["HEARTHWORK_FUZZ"] ?? 5000));
