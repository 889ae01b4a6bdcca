import { describe, expect, it } from "vitest";
import type { Bench } from "./bench.suite.ts";

/** What parts of the program remember under names of their own. */
export function describeMemos(bench: Bench): void {
  describe("a memo", () => {
    it("is nothing before it is kept, then the newest, and nothing again once it is let go", async () => {
      expect(await bench.store.recall("outlet")).toBeNull();
      await bench.store.remember("outlet", { topics: ["a/ü", "b"], at: 1.5, on: true });
      await bench.store.remember("other", [1]);
      await bench.store.remember("outlet", { topics: ["c"] });
      expect(await bench.store.recall("outlet")).toEqual({ topics: ["c"] });
      await bench.store.remember("outlet", null);
      await bench.store.remember("outlet", null);
      expect(await bench.store.recall("outlet")).toBeNull();
      expect(await bench.store.recall("other")).toEqual([1]);
    });

    it("that cannot be read is none", async () => {
      await bench.database.db.insertInto("memo").values({ name: "outlet", content: "{" }).execute();
      expect(await bench.store.recall("outlet")).toBeNull();
    });
  });
}
