import { expect, it } from "vitest";
import { httpDeviceSchema } from "./httpAddress.ts";

const read = (address: unknown) => httpDeviceSchema.safeParse({ address });

it.each([
  ["192.168.1.20", "http://192.168.1.20/"],
  ["miner.local:8080", "http://miner.local:8080/"],
  ["http://[fe80::1]", "http://[fe80::1]/"],
  ["https://miner.local/", "https://miner.local/"],
])("%s is a device's address", (text, href) => {
  expect(read(text).data?.address.href).toBe(href);
});

it.each([
  ["", "Too small"],
  ["ftp://miner.local", "write it like"],
  ["http://", "write it like"],
  ["a b", "write it like"],
  ["root:hunter2@192.168.1.20", "keep passwords out of it"],
  ["http://miner.local/api/v1", "end it after the port"],
  ["http://miner.local?x=1", "end it after the port"],
])("%j is refused and told how to write it", (text, words) => {
  const { error } = read(text);
  expect(error?.issues[0]?.message).toContain(words);
  expect(error?.message).not.toContain("hunter2");
});
