import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,test,web}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**"],
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    retry: 0,
    reporters: ["default", "./test/reporter.ts"],
  },
});
