import { locale } from "../../format.ts";

const names = new Intl.DisplayNames(locale, { type: "region", fallback: "code" });

/** "Austria"; a code that no country has stays as it is. */
export const regionName = (code: string): string => names.of(code) ?? code;
