import { describe, expect, it } from "vitest";
import { HearthworkError } from "../domain/index.ts";
import { toFault } from "./faults.ts";

const failure = (message: string, code?: string) =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

describe("a database's error", () => {
  it.each([
    ["the server was shut down", failure("terminating connection", "57P01"), "store/unreachable", "later"],
    ["nobody listens", failure("connect ECONNREFUSED", "ECONNREFUSED"), "store/unreachable", "later"],
    [
      "it took too long",
      failure("canceling statement due to statement timeout", "57014"),
      "store/unreachable",
      "later",
    ],
    ["the connection broke", failure("Connection terminated unexpectedly"), "store/unreachable", "later"],
    [
      "every address refused",
      new AggregateError([failure("::1 refused"), failure("127.0.0.1 refused")], ""),
      "store/failed",
      "never",
    ],
    ["two transactions crossed", failure("deadlock detected", "40P01"), "store/unreachable", "later"],
    ["the disk is full", failure("could not extend file", "53100"), "store/disk-full", "later"],
    ["a page is damaged", failure("invalid page in block 7", "XX001"), "store/damaged", "never"],
    ["a statement is wrong", failure("syntax error", "42601"), "store/failed", "never"],
    ["something was thrown", "odd", "store/failed", "never"],
  ])("because %s tells what to do", (_, thrown, code, retry) => {
    const fault = toFault(thrown, "the database");
    expect(fault).toMatchObject({ code, retry, cause: thrown });
    expect(fault.message).toContain("the database");
  });

  it("names every address that was tried", () => {
    const thrown = new AggregateError([failure("::1 refused"), failure("127.0.0.1 refused")], "");
    expect(toFault(Object.assign(thrown, { code: "ECONNREFUSED" }), "db").message).toContain(
      "::1 refused; 127.0.0.1 refused",
    );
  });

  it("that is a fault already stays as it is", () => {
    const fault = new HearthworkError({ code: "store/newer", message: "newer" });
    expect(toFault(fault, "db")).toBe(fault);
  });
});
