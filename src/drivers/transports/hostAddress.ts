import { isIPv6 } from "node:net";
import { z } from "zod";
import type { LineAddress } from "./askLine.ts";

const written = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/@[\]]+))(?::(\d{1,5}))?$/;

/** A device that speaks over a TCP port of its own: `192.168.1.20`, `nano.local:4028`, `[fd00::20]`. */
export const hostAddressSchema = (defaultPort: number) =>
  z
    .string()
    .max(300)
    .transform((text, issues): LineAddress => {
      const [, v6, name, digits] = written.exec(text) ?? [];
      const host = v6 ?? name;
      const port = digits === undefined ? defaultPort : Number(digits);
      if (host !== undefined && (v6 === undefined || isIPv6(v6)) && port >= 1 && port <= 65_535)
        return { host, port };
      const message = `write it like 192.168.1.20, or 192.168.1.20:${defaultPort}`;
      issues.addIssue({ code: "custom", message });
      return z.NEVER;
    })
    .describe("The device in the home's network, like 192.168.1.20");
