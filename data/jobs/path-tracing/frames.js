// Puts the strips that the tasks of this job rendered together to frames: node frames.js RESULTS-FOLDER [PICTURES-FOLDER]
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";

const folder = process.argv[2] ?? "results";
const pictures = process.argv[3] ?? "frames";
const scene = readFileSync(new URL("./scene.txt", import.meta.url), "utf8");
const told = (word) => Number(new RegExp(`^${word} (\\d+)`, "m").exec(scene)?.[1]);
const [frames, strips, width, height] = ["frames", "strips", "width", "height"].map(told);

const found = readdirSync(folder).length;
if (found !== frames * strips) {
  console.error(`${folder} holds ${found} results, and the scene has ${frames * strips} strips`);
  process.exit(1);
}

/** PNG (ISO/IEC 15948): length, type, data and their CRC. */
function chunk(type, data) {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, "latin1");
  data.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

function png(pixels) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Array.from({ length: height }, (_, row) =>
    Buffer.concat([Buffer.from([0]), pixels.subarray(row * width * 3, (row + 1) * width * 3)]),
  );
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(rows));
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

mkdirSync(pictures, { recursive: true });
for (let frame = 0; frame < frames; frame += 1) {
  const parts = Array.from({ length: strips }, (_, strip) =>
    readFileSync(join(folder, String(frame * strips + strip))),
  );
  writeFileSync(join(pictures, `${String(frame).padStart(3, "0")}.png`), png(Buffer.concat(parts)));
}
console.log(`${frames} frames in ${pictures}`);
