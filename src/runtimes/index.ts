export { wasmRunner } from "./wasm/wasmRunner.ts";
