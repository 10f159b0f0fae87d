import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import * as ts from "typescript";
import * as library from "../../src";
import { type Block, blocksOf, examplesInReference, REFERENCE, ROOT } from "./documentation";

/** Where the setting of the snippets is, as the module that is made of a page imports it. */
const SETTING = join(ROOT, "__tests__/support/setting.ts");

/** Names of CDKTF's that snippets may use without an import. */
const OF_CDKTF = [
  "App",
  "Fn",
  "S3Backend",
  "TerraformOutput",
  "TerraformStack",
  "TerraformVariable",
  "Testing",
  "Token",
];

/** What a page's snippets become: a module with a function for each, which builds it in a stack. */
export interface Snippets {
  readonly page: string;
  readonly blocks: readonly Block[];
  readonly path: string;
  readonly source: string;
}

/**
 * The snippets of a page. What they import from this library is on the page, but for the reference. The provider's classes
 * are imported as they are used, and the rest (`connection`, `bucket`, …) comes from the setting, as far as a snippet does not declare it.
 */
export function snippetsOf(page: string, setting: readonly string[]): Snippets {
  const isReference = page === REFERENCE;
  const all = isReference ? examplesInReference() : blocksOf(page).filter(({ language }) => language === "ts");
  const isImport = ({ code }: Block): boolean => code.startsWith("import ");
  const imports = isReference ? [IMPORT_ALL] : all.filter(isImport).map(({ code }) => code);
  const blocks = all.filter((block) => !isImport(block));
  const imported = imports.join("\n");
  const code = blocks.map((block) => block.code).join("\n");
  const source = [
    ...imports,
    ...providerImports(code, imported),
    ...cdktfImports(code, imported),
    `import { settingIn } from "./setting";`,
    ...blocks.map((block, index) => functionOf(block, index, setting)),
    `export const snippets = [${blocks.map((_, index) => `snippet${index}`).join(", ")}];`,
  ].join("\n");
  return { page, blocks, path: join(ROOT, "__tests__/support", `${page.replace(/\W/g, "-")}.snippets.ts`), source };
}

/** The reference is of what the package exports, and does not import it in each example. */
const IMPORT_ALL = `import { ${Object.keys(library).join(", ")} } from "cdktf-codestar-connections";`;

/** The snippet stands in a method of a stack, so `this` is one. */
function functionOf({ code }: Block, index: number, setting: readonly string[]): string {
  const isUsed = (name: string): boolean => new RegExp(`(?<![.\\w"])${name}(?![\\w:"])`).test(code);
  const isDeclared = (name: string): boolean => new RegExp(`\\b(const|let|class|function) ${name}\\b`).test(code);
  const names = setting.filter((name) => isUsed(name) && !isDeclared(name));
  return (
    `function snippet${index}(this: TerraformStack) {\n` +
    `  const { ${names.join(", ")} } = settingIn(this);\n  void [this, ${names.join(", ")}];\n${code}\n}`
  );
}

function providerImports(code: string, imported: string): string[] {
  const classes = new Set(Array.from(code.matchAll(/\bnew ([A-Z]\w+)/g), ([, name = ""]) => name));
  return [...classes]
    .filter((name) => !isIn(name, imported))
    .flatMap((name) => {
      const folder = name === "AwsProvider" ? "provider" : name.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase();
      const path = `@cdktf/provider-aws/lib/${folder}`;
      return existsSync(join(ROOT, "node_modules", path)) ? [`import { ${name} } from "${path}";`] : [];
    });
}

function cdktfImports(code: string, imported: string): string[] {
  const names = OF_CDKTF.filter((name) => isIn(name, code) && !isIn(name, imported));
  const all = [...new Set([...names, ...(/\bTerraformStack\b/.test(imported) ? [] : ["TerraformStack"])])];
  return all.length === 0 ? [] : [`import { ${all.join(", ")} } from "cdktf";`];
}

const isIn = (name: string, code: string): boolean => new RegExp(`\\b${name}\\b`).test(code);

/** What the compiler says of the modules, with the page and the line. */
export function typeErrorsOf(all: readonly Snippets[]): string[] {
  const read = (path: string) => ts.sys.readFile(path);
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), read) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost({ ...options, noUnusedLocals: false });
  const virtual = new Map(all.map((snippets) => [snippets.path, snippets]));
  const [fileExists, readFile] = [host.fileExists.bind(host), host.readFile.bind(host)];
  host.fileExists = (path) => virtual.has(path) || fileExists(path);
  host.readFile = (path) => virtual.get(path)?.source ?? readFile(path);
  const program = ts.createProgram([...virtual.keys()], { ...options, noUnusedLocals: false }, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file?.text.slice(0, start).split("\n").length;
    const page = virtual.get(file?.fileName ?? "")?.page ?? file?.fileName;
    const shown = file?.text.split("\n")[(line ?? 1) - 1]?.trim();
    return `${page ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")} (${shown ?? ""})`;
  });
}

/** The functions of a page, compiled. `load` is what `require` is where they run. */
export function compiled(snippets: Snippets, load: (module: string) => unknown): readonly (() => void)[] {
  const { outputText } = ts.transpileModule(snippets.source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { snippets?: readonly (() => void)[] } = {};
  const resolve = (module: string): unknown => load(module.startsWith(".") ? join(dirname(SETTING), module) : module);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code is the documentation's own
  (new Function("exports", "require", outputText) as (exports: object, require: object) => void)(exported, resolve);
  return exported.snippets ?? [];
}
