import { IconTopologyStar3 } from "@tabler/icons-react";
import type { Place } from "../../shell/Navigation.tsx";

/** The pages of an exchange. */
export const exchangePlaces: readonly Place[] = [{ to: "/", name: "Network", Icon: IconTopologyStar3 }];
