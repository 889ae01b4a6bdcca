import { showPages } from "../showPages.tsx";
import { Entrance } from "./entrance/Entrance.tsx";
import { router } from "./router.ts";

showPages(router, Entrance);
