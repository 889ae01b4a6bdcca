import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const hearth = "http://127.0.0.1:7420";
/** The rooms that the architecture keeps pure: what the page does not use of them stays out of it. */
const pureRooms = ["domain", "heat", "energy", "bitcoin", "jobs", "market", "lab"].map((room) =>
  here(`../src/${room}/`),
);
const isPure = (id: string) => pureRooms.some((room) => id.startsWith(room));

/** The solver's WebAssembly is served from where the hearth has its own: the package holds it once. */
const withoutSolver = (): Plugin => ({
  name: "without-solver",
  generateBundle(_options, bundle) {
    for (const file of Object.keys(bundle)) if (file.endsWith(".wasm")) delete bundle[file];
  },
});

export default defineConfig({
  root: here("."),
  base: "./",
  plugins: [react(), withoutSolver()],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      input: ["index.html", "exchange.html"].map((document) => here(document)),
      treeshake: { moduleSideEffects: (id) => (isPure(id) ? false : undefined) },
    },
  },
  // So that a worker, too, loads what is large when it is first wanted.
  worker: { format: "es", plugins: () => [withoutSolver()] },
  server: {
    proxy: {
      "/highs.wasm": { target: hearth },
      "/api": { target: hearth, changeOrigin: true, headers: { origin: hearth } },
    },
  },
});
