import { createContext, useContext } from "react";
import type { Link } from "../live.ts";

export const LinkContext = createContext<Link>({ kind: "connecting" });

/** How the page is connected to its server. */
export const useLink = (): Link => useContext(LinkContext);
