import ts from "typescript";
import { pureGlobals } from "./rooms.ts";

/** Source texts by their path from the repository's root, with forward slashes. */
export type SourceTree = ReadonlyMap<string, string>;

export interface Import {
  /** As written; undefined where only running the code would tell. */
  readonly specifier: string | undefined;
  readonly line: number;
  /** Gone once types are stripped. */
  readonly typeOnly: boolean;
  /** `url`: a relative path that the module gives to `import.meta.url`, as workers are started. */
  readonly kind: "import" | "url";
}

export interface ImpureUse {
  readonly what: string;
  readonly line: number;
}

export interface ReadModule {
  readonly path: string;
  readonly imports: readonly Import[];
  /** What makes the module more than a function of its inputs. */
  readonly impure: readonly ImpureUse[];
}

const options: ts.CompilerOptions = {
  noLib: true,
  noResolve: true,
  allowJs: true,
  jsx: ts.JsxEmit.Preserve,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  types: [],
};

const alreadyRead = new WeakMap<SourceTree, readonly ReadModule[]>();

/** Reads the imports and the impure uses of every module in the tree, once. */
export function readModules(tree: SourceTree): readonly ReadModule[] {
  const modules = alreadyRead.get(tree) ?? parseModules(tree);
  alreadyRead.set(tree, modules);
  return modules;
}

function parseModules(tree: SourceTree): ReadModule[] {
  const host: ts.CompilerHost = {
    fileExists: (path) => tree.has(path),
    readFile: (path) => tree.get(path),
    getSourceFile: (path, target) => {
      const text = tree.get(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, target, true);
    },
    getDefaultLibFileName: () => "none.d.ts",
    writeFile: () => {},
    getCurrentDirectory: () => "",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
  const program = ts.createProgram({ rootNames: [...tree.keys()], options, host });
  const checker = program.getTypeChecker();
  return program.getSourceFiles().map((file) => ({
    path: file.fileName,
    imports: importsOf(file),
    impure: impureUsesOf(file, checker),
  }));
}

function importsOf(file: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const urls: Import[] = [];
  let asksWhereItIs = false;
  const line = (node: ts.Node) => lineOf(file, node);
  const add = (node: ts.Node, target: ts.Node | undefined, typeOnly: boolean) =>
    found.push({
      specifier: target && ts.isStringLiteralLike(target) ? target.text : undefined,
      line: line(node),
      typeOnly,
      kind: "import",
    });

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnlyImport(node.importClause));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier)
      add(node, node.moduleSpecifier, isTypeOnlyExport(node));
    else if (ts.isExternalModuleReference(node)) add(node, node.expression, false);
    else if (ts.isImportTypeNode(node))
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isCallExpression(node) && loadsModule(node.expression)) add(node, node.arguments[0], false);
    else if (ts.isMetaProperty(node)) asksWhereItIs = true;
    const path = relativePath(node);
    if (path !== undefined) urls.push({ specifier: path, line: line(node), typeOnly: false, kind: "url" });
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const { fileName, pos } of file.referencedFiles)
    found.push({
      specifier: fileName,
      line: file.getLineAndCharacterOfPosition(pos).line + 1,
      typeOnly: true,
      kind: "import",
    });
  return asksWhereItIs ? [...found, ...urls] : found;
}

function isTypeOnlyImport(clause: ts.ImportClause | undefined): boolean {
  return clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function isTypeOnlyExport(node: ts.ExportDeclaration): boolean {
  return node.isTypeOnly;
}

const loadsModule = (callee: ts.Expression) =>
  callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === "require");

/** A relative path in a string, or the part of one before its first `${…}`. */
function relativePath(node: ts.Node): string | undefined {
  if (!(ts.isStringLiteralLike(node) || ts.isTemplateHead(node))) return undefined;
  const { parent } = node;
  const isSpecifier =
    ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent);
  return !isSpecifier && /^\.\.?\//.test(node.text) ? node.text : undefined;
}

function impureUsesOf(file: ts.SourceFile, checker: ts.TypeChecker): ImpureUse[] {
  const found: ImpureUse[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isHeritageClause(node)) {
      if (node.token === ts.SyntaxKind.ExtendsKeyword && !ts.isInterfaceDeclaration(node.parent))
        for (const type of node.types) visit(type.expression);
      return;
    }
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
      found.push({ what: "import.meta", line: lineOf(file, node) });
    if (ts.isIdentifier(node) && isGlobal(node, checker)) {
      const what = impureUse(node);
      if (what !== undefined) found.push({ what, line: lineOf(file, node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Whether an identifier is read as a value and no declaration of the module gives it. */
function isGlobal(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === node)
    return checker.getShorthandAssignmentValueSymbol(parent) === undefined;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  if (ts.isMetaProperty(parent) || ts.isJsxAttribute(parent)) return false;
  if (ts.isBindingElement(parent) && parent.propertyName === node) return false;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  if ("name" in parent && parent.name === node) return false;
  return !checker.getSymbolAtLocation(node)?.declarations?.length;
}

/** What is impure about the use of a global, in words; undefined where it is not. */
function impureUse(node: ts.Identifier): string | undefined {
  const { parent, text } = node;
  if (text === "globalThis") return givesPureGlobal(node) ? undefined : text;
  if (!pureGlobals.has(text)) return text;
  const member =
    ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.name.text : undefined;
  const impureMember = Object.hasOwn(impureMembers, text) ? impureMembers[text] : undefined;
  if (impureMember === undefined) return undefined;
  if (member !== undefined) return member === impureMember ? `${text}.${member}` : undefined;
  if (text === "Date" && ts.isNewExpression(parent) && parent.expression === node)
    return parent.arguments?.length ? undefined : "new Date() without an argument";
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword)
    return undefined;
  return `${text} itself`;
}

/** Globals that are pure but for one member. Handing them on whole would hand on that member. */
const impureMembers: Readonly<Record<string, string>> = {
  Date: "now",
  Math: "random",
  AbortSignal: "timeout",
};

/** Whether it is `globalThis.NAME`, cast or not, of a global that is pure in every use. */
function givesPureGlobal(node: ts.Identifier): boolean {
  let whole: ts.Node = node;
  while (ts.isAsExpression(whole.parent) || ts.isParenthesizedExpression(whole.parent)) whole = whole.parent;
  if (!ts.isPropertyAccessExpression(whole.parent)) return false;
  const name = whole.parent.name.text;
  return pureGlobals.has(name) && !Object.hasOwn(impureMembers, name);
}

const lineOf = (file: ts.SourceFile, node: ts.Node) =>
  file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
