/**
 * Breaks the sources in one place at a time, and runs the unit tests: one must fail. `npm run test:mutants` takes a sample
 * of 400 by a seed. PART=2/10 takes the second tenth of all, so that the whole is done in parts. What was tried is in
 * dist/mutants/tried.jsonl, and is not tried again.
 *
 * What survives is in survivors.json, with the reason why no test can fail; or else a test is missing.
 */
import { Instrumenter } from "@stryker-mutator/instrumenter";
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, resolve } from "node:path";

const { SEED = "1", SAMPLE = "400", PART = "" } = process.env;
const [part, parts] = PART.split("/").map(Number);

/** The share that must be killed. */
const LEAST = 0.9;
/** In milliseconds: what takes longer than this never ends. */
const PATIENCE = 300_000;
/** A sentence is compared as a whole by __tests__/approved: to break a string in it says nothing more. */
const LEFT_OUT = ["StringLiteral"];

const ROOT = resolve(import.meta.dirname, "..");
const OUT = join(ROOT, "dist", "mutants");
const TRIED = join(OUT, "tried.jsonl");
process.chdir(ROOT);

async function allMutants() {
  const names = readdirSync("src", { recursive: true }).filter((name) => name.endsWith(".ts"));
  const files = names.map((name) => ({
    name: join("src", name),
    content: readFileSync(join("src", name), "utf8"),
    mutate: true,
  }));
  const logger = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {} };
  const options = { excludedMutations: LEFT_OUT, ignorers: [], plugins: null };
  const { mutants } = await new Instrumenter(logger).instrument(files, options);
  const texts = new Map(files.map(({ name, content }) => [name, content]));
  return mutants
    .filter(({ status }) => status === undefined)
    .map((mutant) => described(mutant, texts.get(mutant.fileName)));
}

/** A mutant with a key that says what it changes: where, what is there, and what is put in its place. */
function described({ fileName, location: { start, end }, replacement }, text) {
  const lines = text.split("\n");
  const offset = ({ line, column }) => lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, column);
  const [from, to] = [offset(start), offset(end)];
  // Without its place, it is the same mutant when lines above it change.
  const what = `${fileName}: ${shown(text.slice(from, to))} → ${shown(replacement)}`;
  return {
    key: `${start.line + 1}:${start.column + 1} ${what}`,
    what,
    fileName,
    mutated: text.slice(0, from) + replacement + text.slice(to),
  };
}

const hashOf = (text) => createHash("sha256").update(text).digest("hex");

/** What is long is cut, and told apart by the hash of the whole. */
const shown = (code) =>
  (code.length > 80 ? `${code.slice(0, 67)}… #${hashOf(code).slice(0, 8)}` : code).replace(/\s+/g, " ");

/** In an order that is as good as random, and the same for the same seed. */
function shuffled(mutants, seed) {
  const order = ({ key }) => hashOf(`${seed} ${key}`);
  const ordered = mutants.map((mutant) => [order(mutant), mutant]).sort(([a], [b]) => (a < b ? -1 : 1));
  return ordered.map(([, mutant]) => mutant);
}

/** A copy of the project in which a worker breaks the sources. */
function copyFor(worker) {
  const folder = join(OUT, `worker-${worker}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = execFileSync("git", ["ls-files"], { encoding: "utf8" }).trim().split("\n");
  for (const name of files) cpSync(name, join(folder, name));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** Whether the unit tests of some paths fail. */
function fails(folder, paths) {
  const args = [
    "node_modules/jest/bin/jest.js",
    "--selectProjects",
    "unit",
    "--bail",
    "--silent",
    "--runInBand",
    "--testPathPatterns",
    ...paths,
  ];
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: "ignore", timeout: PATIENCE });
    child.on("close", (code) => done(code !== 0));
  });
}

/** The tests that reach a file, those that are most likely to fail first; they mirror the folders. */
function testsOf(fileName) {
  const mirror = fileName.replace(/^src/, "__tests__").replace(/\.ts$/, ".test.ts");
  const own = existsSync(mirror) ? [[mirror]] : [];
  const folder = dirname(mirror);
  return [...own, ...(folder === "__tests__" ? [] : [[`${folder}/`]]), OTHERS];
}

/** All unit tests of the library. Those of the endpoint, the package and the documentation do not reach the sources. */
const OTHERS = [
  ...readdirSync("src", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `__tests__/${name}/`),
  ...["rulebook", "messages", "coming-from", "corpus"].map((name) => `__tests__/${name}.test`),
];

async function isKilled({ fileName, mutated }, folder) {
  writeFileSync(join(folder, fileName), mutated);
  try {
    for (const paths of testsOf(fileName)) if (await fails(folder, paths)) return true;
    return false;
  } finally {
    cpSync(fileName, join(folder, fileName));
  }
}

const all = await allMutants();
const chosen = parts
  ? shuffled(all, "").filter((_, index) => index % parts === part - 1)
  : shuffled(all, SEED).slice(0, Number(SAMPLE));
console.log(`${chosen.length} of ${all.length} mutants, ${parts ? `part ${PART}` : `SEED=${SEED}`}`);

mkdirSync(OUT, { recursive: true });
const before = existsSync(TRIED) ? readFileSync(TRIED, "utf8").trim().split("\n") : [];
const tried = new Map(before.map((line) => JSON.parse(line)).map(({ key, killed }) => [key, killed]));
const left = chosen.filter(({ key }) => !tried.has(key));

async function work(worker) {
  const folder = copyFor(worker);
  if (await fails(folder, OTHERS)) throw new Error("The tests fail on the sources as they are.");
  for (let mutant = left.pop(); mutant !== undefined; mutant = left.pop()) {
    const killed = await isKilled(mutant, folder);
    tried.set(mutant.key, killed);
    appendFileSync(TRIED, `${JSON.stringify({ key: mutant.key, killed })}\n`);
    console.log(`${killed ? "killed  " : "SURVIVED"} ${mutant.key}`);
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, (_, worker) => work(worker)));

const survivors = chosen.filter(({ key }) => !tried.get(key));
const explained = JSON.parse(readFileSync(join(import.meta.dirname, "survivors.json"), "utf8"));
const unexplained = survivors
  .filter(({ what }) => !Object.hasOwn(explained, what))
  .map(({ key }) => key)
  .sort();
const share = 1 - survivors.length / chosen.length;
console.log(
  `${(share * 100).toFixed(1)} % killed; survived without a reason in survivors.json:\n${unexplained.join("\n")}`,
);
if (share < LEAST || unexplained.length > 0) process.exitCode = 1;
