import { defineConfig } from "vitest/config";

/** Tests that run whole programs, or time this computer's threads: one file after the other, when the others are done. */
const whole = ["test/{access,e2e,outlets,package,web}/**/*.test.ts", "src/**/realThreads.test.ts"];
const limits = { testTimeout: 20_000, hookTimeout: 60_000, retry: 0 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ["default", "./test/reporter.ts"],
    projects: [
      {
        test: {
          name: "rooms",
          include: ["{src,test,web}/**/*.test.{ts,tsx}"],
          exclude: ["**/node_modules/**", ...whole],
          sequence: { groupOrder: 0 },
          ...limits,
        },
      },
      {
        test: {
          name: "whole",
          include: whole,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          ...limits,
        },
      },
    ],
  },
});
