import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,test,web}/**/*.soak.ts", "{src,test,web}/**/*.fuzz.test.ts"],
    exclude: ["**/node_modules/**"],
    maxWorkers: 1,
    globalSetup: "./test/readyData.ts",
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
    retry: 0,
    reporters: ["default", "./test/reporter.ts"],
  },
});
