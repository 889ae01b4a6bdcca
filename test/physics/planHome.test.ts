import { describePlannedDays } from "./planHome.suite.ts";

describePlannedDays(2);
