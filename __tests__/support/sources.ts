import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import * as ts from "typescript";
import { escaped } from "../../src/validation/constraint";

const SOURCES = join(__dirname, "..", "..", "src");

/** The files of `src/`, by their paths in it. */
export function sourceFiles(folder = SOURCES): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sourceFiles(path) : [relative(SOURCES, path)];
  });
}

const PARSED = new Map<string, ts.SourceFile>();

/** A file of `src/`, as the compiler reads it. */
export function parsedSource(path: string): ts.SourceFile {
  const known = PARSED.get(path);
  if (known !== undefined) return known;
  const parsed = ts.createSourceFile(path, readFileSync(join(SOURCES, path), "utf8"), ts.ScriptTarget.ES2022, true);
  PARSED.set(path, parsed);
  return parsed;
}

/** What a file exports, but for its types. */
export function exportedValues(path: string): string[] {
  return parsedSource(path).statements.flatMap((statement) => {
    const isExported = ts.canHaveModifiers(statement) && isExportedBy(ts.getModifiers(statement));
    if (!isExported) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.getText());
    return ts.isFunctionDeclaration(statement) && statement.name !== undefined ? [statement.name.text] : [];
  });
}

function isExportedBy(modifiers: readonly ts.Modifier[] | undefined): boolean {
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** A property of a struct. */
export interface StructProperty {
  readonly name: string;
  readonly isOptional: boolean;
}

/** The structs that the library exports, by their names, each with all its properties: what callers give to it as objects. */
export function publicStructs(): { readonly [name: string]: readonly StructProperty[] } {
  const structs = exportsOf("index.ts").flatMap(({ name, path }) => {
    const declaration = interfaceIn(path, name);
    // An interface with an I, in jsii, is one that classes implement.
    const isStruct = declaration !== undefined && !/^I[A-Z]/.test(name);
    return isStruct ? [[name, propertiesOf(path, declaration)] as const] : [];
  });
  return Object.fromEntries(structs);
}

/** What a file exports from others. */
export function exportsOf(path: string): { readonly name: string; readonly path: string }[] {
  return parsedSource(path).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined) return [];
    const from = pathOf(path, statement.moduleSpecifier);
    const names = ts.isNamedExports(statement.exportClause) ? statement.exportClause.elements : [];
    return names.map(({ name, propertyName }) => ({ name: (propertyName ?? name).text, path: from }));
  });
}

function interfaceIn(path: string, name: string): ts.InterfaceDeclaration | undefined {
  return parsedSource(path)
    .statements.filter(ts.isInterfaceDeclaration)
    .find((declaration) => declaration.name.text === name);
}

/** The properties of an interface, and of those that it extends. */
function propertiesOf(path: string, declaration: ts.InterfaceDeclaration): StructProperty[] {
  const bases = (declaration.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.getText()));
  const inherited = bases.flatMap((base) => {
    const from = interfaceIn(path, base) === undefined ? importedFrom(path, base) : path;
    const found = interfaceIn(from, base);
    if (found === undefined) throw new Error(`${base}, which ${declaration.name.text} extends, is not in src/${from}.`);
    return propertiesOf(from, found);
  });
  const own = declaration.members
    .filter(ts.isPropertySignature)
    .map(({ name, questionToken }) => ({ name: name.getText(), isOptional: questionToken !== undefined }));
  return [...inherited, ...own];
}

function importedFrom(path: string, name: string): string {
  const declaration = parsedSource(path)
    .statements.filter(ts.isImportDeclaration)
    .find(({ importClause }) => {
      const bindings = importClause?.namedBindings;
      return bindings && ts.isNamedImports(bindings) && bindings.elements.some((each) => each.name.text === name);
    });
  return pathOf(path, declaration?.moduleSpecifier);
}

function pathOf(path: string, specifier: ts.Expression | undefined): string {
  const module = specifier !== undefined && ts.isStringLiteral(specifier) ? specifier.text : "";
  return `${join(dirname(path), module)}.ts`;
}

/** A sentence that stands in the sources: what is fixed in it, as a pattern, and where it is. */
export interface Sentence {
  readonly at: string;
  readonly pattern: RegExp;
}

/** The methods and functions that say their first argument, a sentence. */
const SAYING = ["fact", "doubt", "addWarning"];

/** The sentences that are stated by calls, such as `.fact("…", holds)`. */
export function statedSentences(): Sentence[] {
  return sentencesOf((node) =>
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    SAYING.includes(node.expression.name.text)
      ? node.arguments[0]
      : undefined,
  );
}

/** The sentences of limits and kinds: `sentence: "…"` in an object. */
export function declaredSentences(): Sentence[] {
  return sentencesOf((node) =>
    ts.isPropertyAssignment(node) && node.name.getText() === "sentence" ? node.initializer : undefined,
  );
}

function sentencesOf(find: (node: ts.Node) => ts.Expression | undefined): Sentence[] {
  return sourceFiles().flatMap((path) => {
    const source = parsedSource(path);
    const found: Sentence[] = [];
    const visit = (node: ts.Node): void => {
      const expression = find(node);
      if (expression !== undefined) {
        const { line } = source.getLineAndCharacterOfPosition(expression.getStart());
        for (const pattern of patternsOf(expression)) {
          // What is made of variables alone stands elsewhere.
          if (pattern.replaceAll(ANYTHING, "").trim() !== "")
            found.push({ at: `${path}:${line + 1}`, pattern: new RegExp(pattern) });
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** A message is one line. */
const ANYTHING = ".*?";

/** The patterns of the strings that an expression can be. */
function patternsOf(expression: ts.Expression): string[] {
  if (ts.isStringLiteralLike(expression)) return [escaped(expression.text)];
  if (ts.isParenthesizedExpression(expression)) return patternsOf(expression.expression);
  if (ts.isConditionalExpression(expression)) {
    return [...patternsOf(expression.whenTrue), ...patternsOf(expression.whenFalse)];
  }
  if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const ends = patternsOf(expression.right);
    return patternsOf(expression.left).flatMap((start) => ends.map((end) => start + end));
  }
  if (ts.isTemplateExpression(expression)) {
    return expression.templateSpans.reduce(
      (starts, { expression: inside, literal }) => {
        const insides = patternsOf(inside);
        return starts.flatMap((start) => insides.map((each) => start + each + escaped(literal.text)));
      },
      [escaped(expression.head.text)],
    );
  }
  return [ANYTHING];
}
