import { it } from "vitest";
import { fuzzReadPayload } from "./readPayload.suite.ts";

it("reads whatever is published", () => fuzzReadPayload(Number(process.env["HEARTHWORK_FUZZ"] ?? 200_000)));
