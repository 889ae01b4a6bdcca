import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { emptyDatabaseFile } from "../src/store/emptyDatabase.ts";
import { startPglite } from "../src/store/startPglite.ts";

const pg = startPglite({ folder: null, isNew: true, onStderr: () => false });
await pg.exec("checkpoint");
const tar = Buffer.from(await (await pg.dumpDataDir("none")).arrayBuffer());
await pg.close();

const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 24 };
mkdirSync(new URL(".", emptyDatabaseFile), { recursive: true });
const unfinished = new URL(`${emptyDatabaseFile.href}.unfinished`);
writeFileSync(unfinished, brotliCompressSync(tar, { params }));
renameSync(unfinished, emptyDatabaseFile);
