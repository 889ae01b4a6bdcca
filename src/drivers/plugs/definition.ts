import { z } from "zod";
import type { DriverDefinition } from "../definition.ts";
import type { Plug } from "./plug.ts";

export type PlugDefinition<Config = unknown> = DriverDefinition<Plug, Config>;

/** Which of the sockets of a strip. */
export const socketSchema = z
  .int()
  .min(1)
  .max(8)
  .default(1)
  .describe("Which of its sockets, where it has several; the first is 1");
