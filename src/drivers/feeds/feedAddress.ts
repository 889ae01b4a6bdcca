import { z } from "zod";

/** Where a feed's server is, by default its public one. */
export const feedAddress = (usual: string) =>
  z
    .string()
    .max(300)
    .transform((text, issues): URL => {
      const complain = (message: string) => {
        issues.addIssue({ code: "custom", message });
        return z.NEVER;
      };
      const url = URL.parse(text);
      if (!url || !["http:", "https:"].includes(url.protocol)) return complain(`write it like ${usual}`);
      if (url.username !== "" || url.password !== "") {
        return complain("keep keys out of it: name an entry of the credentials file under `credentials`");
      }
      if (url.pathname !== "/" || url.search !== "" || url.hash !== "")
        return complain("end it after the host or port");
      return url;
    })
    .prefault(usual)
    .describe("Of its server, where it is not the public one");
