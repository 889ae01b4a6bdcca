import { showPages } from "../showPages.tsx";
import { router } from "./router.ts";

showPages(router);
