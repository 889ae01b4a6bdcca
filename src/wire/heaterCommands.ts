import { z } from "zod";
import { id } from "./fields.ts";
import { powerSchema } from "./heater.ts";
import { problems } from "./problem.ts";
import { siteViewSchema } from "./site.ts";

const siteId = z.object({ id });

/** What an owner may ask of a heater. */
export const heaterCommandRoutes = {
  stopHeater: {
    method: "POST",
    url: "/api/v1/heaters/:id/stop",
    config: { scope: "control" },
    schema: {
      summary: "Stops a heater until it is resumed",
      params: siteId,
      response: { 200: siteViewSchema, ...problems },
    },
  },
  resumeHeater: {
    method: "POST",
    url: "/api/v1/heaters/:id/resume",
    config: { scope: "control" },
    schema: {
      summary: "Gives a stopped heater back to the thermostat",
      params: siteId,
      response: { 200: siteViewSchema, ...problems },
    },
  },
  tryHeater: {
    method: "POST",
    url: "/api/v1/heaters/:id/try",
    config: { scope: "control" },
    schema: {
      summary: "Tries each of a heater's powers again, from the lowest on, before it is counted on",
      params: siteId,
      response: { 200: siteViewSchema, ...problems },
    },
  },
  trustHeater: {
    method: "POST",
    url: "/api/v1/heaters/:id/trust",
    schema: {
      summary: "Counts on a heater at once, without a trial of its powers",
      params: siteId,
      response: { 200: siteViewSchema, ...problems },
    },
  },
  setPower: {
    method: "PUT",
    url: "/api/v1/heaters/:id/power",
    config: { scope: "control" },
    schema: {
      summary: "Runs a heater at a power, as far as every limit permits, whatever the room's temperature",
      params: siteId,
      body: powerSchema,
      response: { 200: siteViewSchema, ...problems },
    },
  },
  clearPower: {
    method: "DELETE",
    url: "/api/v1/heaters/:id/power",
    config: { scope: "control" },
    schema: {
      summary: "Lets the thermostat set a heater's power again",
      params: siteId,
      response: { 200: siteViewSchema, ...problems },
    },
  },
} as const;
