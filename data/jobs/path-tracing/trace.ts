// Frames of a path-traced scene, in AssemblyScript. Each task renders one strip of one frame and writes its pixels, a
// byte each of red, green and blue; frames.js puts them together.

import { input_length, progress, read_input, write_output } from "../hearthwork";

const maxBounces = 12;
/** A path that goes on this near to where it began met the surface that it left. */
const nearest: f64 = 1e-4;
const farthest: f64 = 1e9;

class Vec {
  constructor(
    public x: f64,
    public y: f64,
    public z: f64,
  ) {}
}

enum Material {
  matt,
  metal,
  glass,
  light,
}

class Sphere {
  constructor(
    public centre: Vec,
    public radius: f64,
    public colour: Vec,
    public material: Material,
    /** Roughness of metal, refractive index of glass, strength of a light. */
    public extent: f64,
  ) {}
}

let frames: i32 = 0;
let width: i32 = 0;
let height: i32 = 0;
let samples: i32 = 0;
let strips: i32 = 0;
let target = new Vec(0, 0, 0);
let distance: f64 = 0;
let above: f64 = 0;
let angle: f64 = 0;
let horizon = new Vec(0, 0, 0);
let zenith = new Vec(0, 0, 0);
let light = new Vec(0, 0, 0);
let dark = new Vec(0, 0, 0);
let hasFloor: bool = false;
const spheres = new Array<Sphere>();

/** PCG32 (O'Neill 2014). */
let state: u64 = 0;
let stream: u64 = 1;

function nextBits(): u32 {
  const old = state;
  state = old * 6364136223846793005 + stream;
  return rotr<u32>(<u32>(((old >> 18) ^ old) >> 27), <u32>(old >> 59));
}

function seed(value: u64): void {
  stream = (value << 1) | 1;
  state = stream + 0x68656174;
  nextBits();
}

/** Uniform in [0, 1). */
function uniform(): f64 {
  return <f64>nextBits() / 4294967296.0;
}

// The path that is followed, in numbers of its own: objects would have to be made for every step.
let fromX: f64 = 0;
let fromY: f64 = 0;
let fromZ: f64 = 0;
let wayX: f64 = 0;
let wayY: f64 = 0;
let wayZ: f64 = 0;
let red: f64 = 0;
let green: f64 = 0;
let blue: f64 = 0;

/** Turns the path to where it is told, at length 1. */
function turn(x: f64, y: f64, z: f64): void {
  const length = Math.sqrt(x * x + y * y + z * z);
  wayX = x / length;
  wayY = y / length;
  wayZ = z / length;
}

let ballX: f64 = 0;
let ballY: f64 = 0;
let ballZ: f64 = 0;

/** A point on the unit sphere, each as likely as any (Marsaglia 1972). */
function pointOnBall(): void {
  let a: f64;
  let b: f64;
  let square: f64;
  do {
    a = 2.0 * uniform() - 1.0;
    b = 2.0 * uniform() - 1.0;
    square = a * a + b * b;
  } while (square >= 1.0);
  const root = 2.0 * Math.sqrt(1.0 - square);
  ballX = a * root;
  ballY = b * root;
  ballZ = 1.0 - 2.0 * square;
}

/** How far along the path a sphere is met; `farthest` where it is not. */
function meets(sphere: Sphere): f64 {
  const x = fromX - sphere.centre.x;
  const y = fromY - sphere.centre.y;
  const z = fromZ - sphere.centre.z;
  const half = x * wayX + y * wayY + z * wayZ;
  const root = half * half - (x * x + y * y + z * z) + sphere.radius * sphere.radius;
  if (root <= 0.0) return farthest;
  const spread = Math.sqrt(root);
  if (-half - spread > nearest) return -half - spread;
  if (-half + spread > nearest) return -half + spread;
  return farthest;
}

/** Matt surfaces send light on by Lambert's law: the normal and a point on the unit sphere. */
function scatter(x: f64, y: f64, z: f64): void {
  pointOnBall();
  const nearZero = Math.abs(x + ballX) + Math.abs(y + ballY) + Math.abs(z + ballZ) < 1e-9;
  if (nearZero) turn(x, y, z);
  else turn(x + ballX, y + ballY, z + ballZ);
}

/** As on a mirror, and the rougher the more to the side. */
function reflect(x: f64, y: f64, z: f64, roughness: f64): void {
  const along = 2.0 * (wayX * x + wayY * y + wayZ * z);
  pointOnBall();
  turn(
    wayX - along * x + roughness * ballX,
    wayY - along * y + roughness * ballY,
    wayZ - along * z + roughness * ballZ,
  );
}

/** Snell's law; how much is reflected by Schlick 1994. The normal looks against the path. */
function passGlass(x: f64, y: f64, z: f64, ratio: f64): void {
  const cosine = Math.min(1.0, -(wayX * x + wayY * y + wayZ * z));
  const sine = Math.sqrt(1.0 - cosine * cosine);
  const straight = (1.0 - ratio) / (1.0 + ratio);
  const least = straight * straight;
  const away = 1.0 - cosine;
  const reflected = least + (1.0 - least) * away * away * away * away * away;
  if (ratio * sine > 1.0 || uniform() < reflected) return reflect(x, y, z, 0);
  const acrossX = ratio * (wayX + cosine * x);
  const acrossY = ratio * (wayY + cosine * y);
  const acrossZ = ratio * (wayZ + cosine * z);
  const along = Math.sqrt(Math.abs(1.0 - acrossX * acrossX - acrossY * acrossY - acrossZ * acrossZ));
  turn(acrossX - along * x, acrossY - along * y, acrossZ - along * z);
}

function go(far: f64): void {
  fromX += wayX * far;
  fromY += wayY * far;
  fromZ += wayZ * far;
}

/** Follows one path back to where its light comes from, and leaves its colour in `red`, `green` and `blue`. */
function follow(): void {
  red = green = blue = 1.0;
  for (let bounce = 0; bounce < maxBounces; bounce++) {
    let far = farthest;
    let met = -1;
    for (let i = 0; i < spheres.length; i++) {
      const here = meets(unchecked(spheres[i]));
      if (here < far) {
        far = here;
        met = i;
      }
    }
    const down = hasFloor && wayY < 0.0 ? -fromY / wayY : farthest;
    if (down > nearest && down < far) {
      go(down);
      fromY = 0.0;
      const isLight = ((<i32>Math.floor(fromX * 1.5) + <i32>Math.floor(fromZ * 1.5)) & 1) == 0;
      tint(isLight ? light : dark);
      scatter(0, 1, 0);
      continue;
    }
    if (met < 0) {
      const up = Math.max(0.0, wayY);
      red *= horizon.x + (zenith.x - horizon.x) * up;
      green *= horizon.y + (zenith.y - horizon.y) * up;
      blue *= horizon.z + (zenith.z - horizon.z) * up;
      return;
    }
    const sphere = unchecked(spheres[met]);
    go(far);
    let x = (fromX - sphere.centre.x) / sphere.radius;
    let y = (fromY - sphere.centre.y) / sphere.radius;
    let z = (fromZ - sphere.centre.z) / sphere.radius;
    const isInside = wayX * x + wayY * y + wayZ * z > 0.0;
    if (isInside) {
      x = -x;
      y = -y;
      z = -z;
    }
    tint(sphere.colour);
    if (sphere.material == Material.light) {
      red *= sphere.extent;
      green *= sphere.extent;
      blue *= sphere.extent;
      return;
    }
    if (sphere.material == Material.matt) scatter(x, y, z);
    else if (sphere.material == Material.metal) reflect(x, y, z, sphere.extent);
    else passGlass(x, y, z, isInside ? sphere.extent : 1.0 / sphere.extent);
  }
  red = green = blue = 0.0;
}

function tint(colour: Vec): void {
  red *= colour.x;
  green *= colour.y;
  blue *= colour.z;
}

/** Light as a byte, by the curve of sRGB (IEC 61966-2-1). */
function byteOf(sum: f64): u8 {
  const value = Math.min(1.0, sum / <f64>samples);
  const curved = value <= 0.0031308 ? 12.92 * value : 1.055 * Math.pow(value, 1.0 / 2.4) - 0.055;
  return <u8>Math.floor(curved * 255.0 + 0.5);
}

function vecOf(cells: Array<string>, at: i32): Vec {
  return new Vec(parseFloat(cells[at]), parseFloat(cells[at + 1]), parseFloat(cells[at + 2]));
}

function materialOf(word: string): Material {
  if (word == "matt") return Material.matt;
  if (word == "metal") return Material.metal;
  if (word == "glass") return Material.glass;
  if (word != "light") unreachable();
  return Material.light;
}

/** scene.txt: traps at what it does not know. */
function read(text: string): void {
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i].trim();
    if (line.length == 0 || line.startsWith("#")) continue;
    const cells = line.split(" ").filter((cell) => cell.length > 0);
    const word = cells[0];
    if (word == "frames") frames = <i32>parseInt(cells[1]);
    else if (word == "width") width = <i32>parseInt(cells[1]);
    else if (word == "height") height = <i32>parseInt(cells[1]);
    else if (word == "samples") samples = <i32>parseInt(cells[1]);
    else if (word == "strips") strips = <i32>parseInt(cells[1]);
    else if (word == "camera") {
      target = vecOf(cells, 1);
      distance = parseFloat(cells[4]);
      above = parseFloat(cells[5]);
      angle = parseFloat(cells[6]);
    } else if (word == "sky") {
      horizon = vecOf(cells, 1);
      zenith = vecOf(cells, 4);
    } else if (word == "floor") {
      hasFloor = true;
      light = vecOf(cells, 1);
      dark = vecOf(cells, 4);
    } else if (word == "sphere") {
      const colour = vecOf(cells, 5);
      spheres.push(
        new Sphere(vecOf(cells, 1), parseFloat(cells[4]), colour, materialOf(cells[8]), parseFloat(cells[9])),
      );
    } else unreachable();
  }
}

export function run(): void {
  const length = input_length();
  const bytes = new ArrayBuffer(length);
  read_input(0, changetype<usize>(bytes), length);
  const index = load<u32>(changetype<usize>(bytes));
  const count = load<u32>(changetype<usize>(bytes), 4);
  read(String.UTF8.decode(bytes.slice(8)));
  if (frames < 1 || strips < 1 || samples < 1 || height % strips != 0) unreachable();
  if (<u32>(frames * strips) != count) unreachable();
  seed(index);

  const round = (2.0 * Math.PI * <f64>(index / strips)) / <f64>frames;
  const eyeX = target.x + distance * Math.sin(round);
  const eyeY = target.y + above;
  const eyeZ = target.z + distance * Math.cos(round);
  // To the front, to the right and up, each of length 1.
  const reach = Math.sqrt(distance * distance + above * above);
  const frontX = (target.x - eyeX) / reach;
  const frontY = (target.y - eyeY) / reach;
  const frontZ = (target.z - eyeZ) / reach;
  const level = Math.sqrt(frontX * frontX + frontZ * frontZ);
  const rightX = -frontZ / level;
  const rightZ = frontX / level;
  const upX = -rightZ * frontY;
  const upY = rightZ * frontX - rightX * frontZ;
  const upZ = rightX * frontY;

  const half = Math.tan((angle * Math.PI) / 360.0);
  const rows = height / strips;
  const first = <i32>(index % strips) * rows;
  const pixels = new Uint8Array(width * rows * 3);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      let sumRed: f64 = 0;
      let sumGreen: f64 = 0;
      let sumBlue: f64 = 0;
      for (let sample = 0; sample < samples; sample++) {
        const right = ((2.0 * (<f64>column + uniform()) - <f64>width) / <f64>height) * half;
        const up = (1.0 - (2.0 * (<f64>(first + row) + uniform())) / <f64>height) * half;
        fromX = eyeX;
        fromY = eyeY;
        fromZ = eyeZ;
        turn(frontX + right * rightX + up * upX, frontY + up * upY, frontZ + right * rightZ + up * upZ);
        follow();
        sumRed += red;
        sumGreen += green;
        sumBlue += blue;
      }
      const at = (row * width + column) * 3;
      pixels[at] = byteOf(sumRed);
      pixels[at + 1] = byteOf(sumGreen);
      pixels[at + 2] = byteOf(sumBlue);
    }
    progress(<f64>(row + 1) / <f64>rows);
  }
  write_output(pixels.dataStart, pixels.length);
}
