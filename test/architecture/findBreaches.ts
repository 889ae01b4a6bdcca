import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { findCircles } from "./findCircles.ts";
import { type Import, type ReadModule, readModules, type SourceTree } from "./readModules.ts";
import { purePackages, rooms, roomsWithBrowserDoor, webMayImport } from "./rooms.ts";

export interface Breach {
  readonly rule:
    | "no modules"
    | "unknown room"
    | "floor"
    | "deep import"
    | "browser door"
    | "circle"
    | "impure"
    | "package"
    | "test in product"
    | "unreadable import"
    | "lost import";
  /** `path:line`, or what forms a circle. */
  readonly where: string;
  readonly message: string;
}

export interface House {
  /** Every module under `src/`, `web/` and, since tests beside the source may use it, `test/`. */
  readonly tree: SourceTree;
  /** The packages that an installed Hearthwork brings with it. */
  readonly dependencies: readonly string[];
}

type Area = { readonly kind: "room"; readonly name: string } | { readonly kind: "web" | "test" | "outside" };

/** Everything in which the sources break the plan of the house (HOUSE rules as `rooms.ts` holds them). */
export function findBreaches({ tree, dependencies }: House): Breach[] {
  const modules = readModules(tree).filter(({ path }) => /^(src|web)\//.test(path));
  const breaches: Breach[] = [];
  if (!modules.some(({ path }) => path.startsWith("src/")))
    breaches.push({ rule: "no modules", where: "src", message: "no module was read; is the path right?" });

  const fileEdges = new Map<string, Set<string>>();
  const roomEdges = new Map<string, Set<string>>();
  for (const module of modules) {
    const from = areaOf(module.path);
    if (from.kind === "outside" || (from.kind === "room" && !Object.hasOwn(rooms, from.name))) {
      breaches.push({
        rule: "unknown room",
        where: module.path,
        message: "lies in no room of test/architecture/rooms.ts",
      });
      continue;
    }
    breaches.push(...impureIn(module, from));
    for (const one of module.imports) {
      const target = resolve(module.path, one, tree);
      const found = breachOf(module.path, from, one, target, dependencies);
      if (found) breaches.push({ ...found, where: `${module.path}:${one.line}` });
      if (target.kind !== "module") continue;
      link(fileEdges, module.path, target.path);
      const to = areaOf(target.path);
      if (from.kind === "room" && to.kind === "room" && from.name !== to.name && !isTest(module.path))
        link(roomEdges, from.name, to.name);
    }
  }
  for (const circle of [...findCircles(fileEdges), ...findCircles(roomEdges)])
    breaches.push({ rule: "circle", where: circle.join(" → "), message: "imports itself in a circle" });
  return breaches;
}

type Target =
  | { readonly kind: "module"; readonly path: string }
  | { readonly kind: "package"; readonly name: string }
  /** A file that is no module: a style sheet. */
  | { readonly kind: "asset"; readonly path: string }
  /** A path in a string that leads to no module: a folder of files to serve. */
  | { readonly kind: "none" }
  | { readonly kind: "lost"; readonly path: string }
  | { readonly kind: "unreadable" };

function resolve(path: string, { specifier, kind }: Import, tree: SourceTree): Target {
  if (specifier === undefined) return { kind: "unreadable" };
  if (!/^\.\.?(\/|$)/.test(specifier)) return { kind: "package", name: packageName(specifier) };
  const joined = posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ""));
  const candidates = [joined, joined.replace(/\.js$/, ".ts"), `${joined}ts`, `${joined}.ts`];
  const found = candidates.find((candidate) => tree.has(candidate));
  if (found !== undefined) return { kind: "module", path: found };
  if (kind === "url") return { kind: "none" };
  const isModule = /\.[cm]?[jt]sx?$/.test(joined) || !/\.\w+$/.test(joined);
  return isModule ? { kind: "lost", path: joined } : { kind: "asset", path: joined };
}

const packageName = (specifier: string) =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

function breachOf(
  path: string,
  from: Area,
  { typeOnly }: Import,
  target: Target,
  dependencies: readonly string[],
): Omit<Breach, "where"> | undefined {
  switch (target.kind) {
    case "unreadable":
      return { rule: "unreadable import", message: "imports what only running it would tell; name it" };
    case "lost":
      return { rule: "lost import", message: `imports ${target.path}, which is not there` };
    case "package":
      return isTest(path) ? undefined : breachOfPackage(path, from, target.name, typeOnly, dependencies);
    case "asset":
    case "module":
      return breachOfEdge(path, from, target.path);
    default:
      return undefined;
  }
}

function breachOfPackage(
  path: string,
  from: Area,
  name: string,
  typeOnly: boolean,
  dependencies: readonly string[],
): Omit<Breach, "where"> | undefined {
  const builtin = name.startsWith("node:") || isBuiltin(name);
  if (from.kind === "web") {
    const runsInBrowser = path.startsWith("web/src/");
    return builtin && runsInBrowser
      ? { rule: "package", message: `pages run in a browser; they cannot import ${name}` }
      : undefined;
  }
  if (from.kind !== "room") return undefined;
  const floor = rooms[from.name]?.floor ?? 0;
  if (floor <= 1 && !purePackages.includes(name)) {
    return {
      rule: "package",
      message: `${from.name} is pure: it may import ${purePackages.join(" and ")}, not ${name}`,
    };
  }
  if (builtin || typeOnly || dependencies.includes(name)) return undefined;
  return { rule: "package", message: `${name} is not among the dependencies, so an installed copy lacks it` };
}

function breachOfEdge(path: string, from: Area, target: string): Omit<Breach, "where"> | undefined {
  const to = areaOf(target);
  if (isTest(path) && to.kind === "test") return undefined;
  if (!isTest(path) && isTest(target))
    return { rule: "test in product", message: `imports the test ${target}` };
  if (from.kind === to.kind && (to.kind !== "room" || (from.kind === "room" && from.name === to.name)))
    return undefined;
  if (to.kind !== "room")
    return to.kind === "outside" && !/^(src|web)\//.test(target)
      ? undefined
      : { rule: "floor", message: `may not import ${target}` };

  const who = from.kind === "room" ? from.name : "web";
  const isBrowserDoor = /^src\/\w+\/browser\.ts$/.test(target);
  if (from.kind === "web" && isBrowserDoor && roomsWithBrowserDoor.includes(to.name)) return undefined;
  if (isBrowserDoor)
    return {
      rule: "browser door",
      message: `${target} is for pages, and only of ${roomsWithBrowserDoor.join(", ")}`,
    };
  const allowed = from.kind === "room" ? (rooms[from.name]?.mayImport ?? []) : webMayImport;
  if (!allowed.includes(to.name))
    return {
      rule: "floor",
      message: `${who} may not import ${to.name}; it may import ${allowed.join(", ") || "nothing of ours"}`,
    };
  if (target !== `src/${to.name}/index.ts`)
    return { rule: "deep import", message: `reaches past the door src/${to.name}/index.ts to ${target}` };
  return undefined;
}

function impureIn({ path, impure }: ReadModule, area: Area): Breach[] {
  if (area.kind !== "room" || isTest(path) || (rooms[area.name]?.floor ?? 0) > 1) return [];
  return impure.map(({ what, line }) => ({
    rule: "impure",
    where: `${path}:${line}`,
    message: `${area.name} is pure: pass in what ${what} gives`,
  }));
}

function areaOf(path: string): Area {
  const [top, name, ...rest] = path.split("/");
  if (top === "web" || top === "test") return { kind: top };
  if (top === "src" && name !== undefined && rest.length > 0) return { kind: "room", name };
  return { kind: "outside" };
}

/** Tests, the suites that they share, and what lies in `test/`. */
const isTest = (path: string) => path.startsWith("test/") || /\.(test|suite|soak)\.tsx?$/.test(path);

function link(edges: Map<string, Set<string>>, from: string, to: string): void {
  const known = edges.get(from);
  if (known) known.add(to);
  else edges.set(from, new Set([to]));
}
