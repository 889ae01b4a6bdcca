import { PassThrough, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { readSecret } from "./readSecret.ts";

function source(isTTY: boolean) {
  let shown = "";
  const input = Object.assign(new PassThrough(), { isTTY });
  const prompts = new Writable({
    write(chunk: Buffer, _encoding, done) {
      shown += chunk.toString();
      done();
    },
  });
  return { input, prompts, shown: () => shown };
}

describe("a secret that is typed", () => {
  it("is taken without being shown", async () => {
    const at = source(true);
    const reading = readSecret("Password: ", at);
    at.input.write("hunter2");
    at.input.write("3\u007f\r");
    expect(await reading).toBe("hunter2");
    expect(at.shown()).toBe("Password: \n");
  });

  it.each([
    ["Ctrl-C", "hunt\u0003", /nothing was changed/],
    ["Enter alone", "\r", /no password was given/],
    ["Ctrl-D", "\u0004", /no password was given/],
  ])("is none after %s", async (_case, keys, why) => {
    const at = source(true);
    const reading = readSecret("Password: ", at);
    at.input.write(keys);
    await expect(reading).rejects.toThrow(why);
    expect(at.shown()).toBe("Password: \n");
  });
});

describe("a secret that is piped", () => {
  it.each([
    ["hunter2\n", "hunter2"],
    ["hunter2\r\n", "hunter2"],
    [" two words ", " two words "],
    ["two\nlines\n", "two\nlines"],
  ])("%j is %j", async (text, secret) => {
    const at = source(false);
    at.input.end(text);
    expect(await readSecret("Password: ", at)).toBe(secret);
    expect(at.shown()).toBe("");
  });

  it.each([
    ["nothing", "\n", /no password was given/],
    ["much", "x".repeat(5000), /more than 4096 bytes/],
  ])("is refused when it is %s", async (_case, text, why) => {
    const at = source(false);
    at.input.end(text);
    await expect(readSecret("Password: ", at)).rejects.toThrow(why);
  });
});
