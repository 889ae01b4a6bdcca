import {
  IconCoin,
  IconStack2,
  IconStairsUp,
  IconTopologyStar3,
  IconUserCircle,
  IconUsers,
} from "@tabler/icons-react";
import type { Place } from "../../shell/Navigation.tsx";
import { addresses } from "../addresses.ts";
import type { Me } from "../api.ts";

type Right = Me["rights"][number];

/** The pages of an exchange, each with the right that it takes, if any. */
const places: readonly (Place & { readonly right?: Right })[] = [
  { to: addresses.network, name: "Network", Icon: IconTopologyStar3, right: "network:read" },
  { to: addresses.book, name: "Book", Icon: IconStairsUp, right: "network:read" },
  { to: addresses.jobs, name: "Jobs", Icon: IconStack2, right: "jobs:read" },
  { to: addresses.money, name: "Money", Icon: IconCoin, right: "jobs:read" },
  { to: addresses.account, name: "Account", Icon: IconUserCircle },
  { to: addresses.admin, name: "Admin", Icon: IconUsers, right: "people:read" },
];

/** Those that somebody may see. */
export const placesFor = (me: Me | undefined): readonly Place[] =>
  places.filter(({ right }) => right === undefined || me?.rights.includes(right));
