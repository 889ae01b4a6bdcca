import { describe, expect, it } from "vitest";
import { findConfinement } from "./confinement.ts";

describe("how tasks are kept apart", () => {
  it("is told where bubblewrap is not installed", async () => {
    expect(await findConfinement([], "no-such-bwrap")).toEqual({
      kind: "permissions",
      why: "bubblewrap is not installed",
    });
  });

  it("is told where bubblewrap may not do it", async () => {
    expect(await findConfinement([], "false")).toMatchObject({ kind: "permissions" });
  });
});
