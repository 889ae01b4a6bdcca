import { HearthworkError } from "./errors.ts";
import type { Brand } from "./units.ts";

export type SinkId = Brand<string, "SinkId">;
export type HeaterId = Brand<string, "HeaterId">;
export type ProviderId = Brand<string, "ProviderId">;
export type ConsumerId = Brand<string, "ConsumerId">;
export type PersonId = Brand<string, "PersonId">;
export type JobId = Brand<string, "JobId">;

/** What an id may look like, so that it can stand in a URL, a topic and a file name. */
export const idPattern = /^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/;

function id<Name extends string>(noun: Name) {
  return (text: string): Brand<string, Name> => {
    // What every object has ("constructor") would be found in any record by id.
    if (idPattern.test(text) && !(text in {})) return text as Brand<string, Name>;
    throw new HearthworkError({
      code: "id/malformed",
      message: `"${text.slice(0, 80)}" is no ${noun}: use 1 to 48 lower-case letters, digits and inner hyphens`,
      data: { noun },
    });
  };
}

export const SinkId = id("SinkId");
export const HeaterId = id("HeaterId");
export const ProviderId = id("ProviderId");
export const ConsumerId = id("ConsumerId");
export const PersonId = id("PersonId");
export const JobId = id("JobId");
