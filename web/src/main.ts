import { router } from "./router.ts";
import { showPages } from "./showPages.tsx";

showPages(router);
