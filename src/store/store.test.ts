import { openStore } from "./openStore.ts";
import { describeStore } from "./store.suite.ts";

describeStore("PGlite in memory", () => openStore({}));
