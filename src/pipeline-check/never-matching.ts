import { Token } from "cdktf";
import * as limits from "../codepipeline/limits";
import { isExpression } from "../terraform/expression";
import { given, guessed } from "../validation/validation-error";
import { matches } from "./glob";
import { once, type ReadFilter } from "./pipeline-model";
import type { PipelineRule } from "./pipeline-rule";

/** What a filter has patterns of, and the setting of a source action that is the name of a branch. */
const CRITERIA = ["branches", "tags", "filePaths"] as const;
type Kind = (typeof CRITERIA)[number] | "BranchName";
const NAMES: readonly Kind[] = ["branches", "tags", "BranchName"];
const ALL: readonly Kind[] = [...NAMES, "filePaths"];

type Value = readonly [at: string, kind: Kind, value: string];

/** What is found in values of some kinds, and why such a value matches nothing. */
type Fault = readonly [of: readonly Kind[], found: RegExp, because: string];

/** A comma that is neither escaped nor in brackets. Brackets that are not closed end the search. */
const COMMA: Fault = [
  ["branches", "tags"],
  /^(?:\\[\s\S]|\{[^{}]*\}|\[[^[\]]*\]|[^\\{}[\],])*,/,
  "a comma separates only inside { }, so each pattern must be an element of its own",
];
const PIECES = /(?:\\[\s\S]|\{[^{}]*\}|\[[^[\]]*\]|[^,])+/g;

const FOLDER: Fault = [["filePaths"], /\/$/, "it is compared with the paths of files, and none ends with /"];

/** A value is warned of once: for the first of these that it has. */
const FAULTS: readonly Fault[] = [
  COMMA,
  [ALL, /^\s|\s$/, "a space at its start or end is compared too"],
  [NAMES, /^refs\//, "a name is compared without git's refs/heads/ or refs/tags/"],
  // A folder may be called refs.
  [["filePaths"], /^refs\/(?:heads|tags)\//, "it is compared with paths, not with refs of git"],
  [["branches", "BranchName"], /^origin\//, "origin/ is the remote, not a part of the name"],
  [NAMES, /^\.?\//, "no name starts with / or ./"],
  [["filePaths"], /^\.?\//, "a path starts at the root of the repository, without / or ./"],
  [ALL, /^!/, "! at its start negates nothing"],
  [ALL, /^\^|(?:^|[^\\])\$$/, "it is no regular expression, so ^ and $ are compared too"],
  FOLDER,
  [["BranchName"], /[*?[]/, "a source pulls one branch, and patterns belong in its trigger"],
];

/** What every fault has: most values have none of it, and a program can have thousands. */
const SUSPECT = /^(?:[\s/!^]|\.\/|refs\/|origin\/)|[\s/$]$|[,*?[]/;

function faultOf(kind: Kind, value: string): Fault | undefined {
  return SUSPECT.test(value) ? FAULTS.find(([of, found]) => of.includes(kind) && found.test(value)) : undefined;
}

/** What is wrong with a value, if that is one of the faults. */
function told([at, kind, value]: Value, what: string, isOurs: (fault: Fault) => boolean): string[] {
  const fault = faultOf(kind, value);
  if (fault === undefined || !isOurs(fault)) return [];
  return [`${at} ${what}: ${fault[2]}. Given: ${given(value)}${guessed(meant(at, kind, value))}`];
}

/** What was probably meant; it has no fault itself. */
function meant(at: string, kind: Kind, value: string): string | undefined {
  const pieces = COMMA[0].includes(kind) ? (value.match(PIECES) ?? []) : [value];
  const guesses = pieces.map((piece) => cleaned(kind, piece)).filter((guess) => guess !== "");
  if (guesses.length === 0 || guesses.some((guess) => faultOf(kind, guess) !== undefined)) return undefined;
  if (!value.startsWith("!")) return given(guesses.length === 1 ? guesses[0] : guesses);
  const list = /(includes|excludes)\[\d+\]$/.exec(at)?.[1];
  return list && `${list === "includes" ? "excludes" : "includes"}: ${given(guesses)}`;
}

/** A value without what is no part of it; what else a regular expression has, a glob may not be able to say. */
function cleaned(kind: Kind, value: string): string {
  const trimmed = value.trim();
  const rest = trimmed.replace(/^[!^]/, "").replace(/\$$/, "");
  if (rest !== trimmed && /[\\()|+]|\.\*/.test(rest)) return trimmed;
  const bare = rest.replace(/^\.?\//, "");
  if (kind === "filePaths") return bare.replace(/\/$/, "/**");
  return bare.replace(kind === "tags" ? /^refs\/tags\// : /^(?:refs\/heads\/|origin\/)/, "");
}

/** The patterns of a list, as far as they are known and AWS accepts them. */
function patternsOf({ at, lists }: ReadFilter, kind: Kind, list: "includes" | "excludes"): Value[] {
  const values = lists[`${kind}.${list}`];
  if (!Array.isArray(values) || Token.isUnresolved(values)) return [];
  return (values as readonly unknown[]).flatMap((value, index) =>
    typeof value === "string" && !isExpression(value) && limits.pattern.must.accepts(value)
      ? [[`${at}.${kind}.${list}[${index}]`, kind, value]]
      : [],
  );
}

/** What the filters of a pipeline have that may match nothing. */
interface Doubtful {
  /** The patterns that have a fault. */
  readonly faulty: readonly Value[];
  /** The lists of one kind of a filter that excludes some of it. */
  readonly excluding: readonly (readonly [includes: readonly Value[], excludes: readonly Value[]])[];
}

const doubtfulIn = once(({ triggers }): Doubtful => {
  const filters = triggers.flatMap(({ push, pullRequest }) => [...push, ...pullRequest]);
  const lists = filters.flatMap((filter) =>
    CRITERIA.filter((kind) => filter.criteria.includes(kind)).map(
      (kind) => [patternsOf(filter, kind, "includes"), patternsOf(filter, kind, "excludes")] as const,
    ),
  );
  return {
    faulty: lists.flat(2).filter(([, kind, value]) => faultOf(kind, value) !== undefined),
    excluding: lists.filter(([, excludes]) => excludes.length > 0),
  };
});

const onPatterns = (id: string, sentence: string, page: string, isOurs: (fault: Fault) => boolean): PipelineRule => ({
  id,
  sentence,
  see: `${limits.GUIDE}/${page}.html`,
  broken: (pipeline) => doubtfulIn(pipeline).faulty.flatMap((each) => told(each, "never matches", isOurs)),
});

function excluded(includes: readonly Value[], excludes: readonly Value[]): string[] {
  // AWS refuses longer lists.
  const compared = excludes.slice(0, limits.patterns.max);
  return includes.flatMap(([at, kind, value]) => {
    const [place = "", , by] = compared.find(([, , each]) => each === value || matches(each, value)) ?? [];
    if (by === undefined || faultOf(kind, value) !== undefined) return [];
    const exclude = `excludes${place.slice(place.lastIndexOf("["))}${by === value ? "" : `, ${given(by)},`}`;
    return [`${at} never matches: ${exclude} excludes it. Given: ${given(value)}. Leave one of the two out`];
  });
}

/** What AWS accepts, and what matches no branch, tag or file. */
export const NEVER_MATCHING: readonly PipelineRule[] = [
  onPatterns(
    "pattern-never-matches",
    "a pattern of a trigger does not start with refs/, / or ./, ! or ^, nor one of branches with origin/; it does not end with $, and has no space at an end",
    "pipelines-filter",
    (fault) => fault !== COMMA && fault !== FOLDER,
  ),
  onPatterns(
    "pattern-comma",
    "a pattern of branches or tags has a comma only inside { }",
    "syntax-glob",
    (fault) => fault === COMMA,
  ),
  onPatterns(
    "file-path-slash",
    "a pattern of file paths does not end with /",
    "syntax-glob",
    (fault) => fault === FOLDER,
  ),
  {
    id: "include-excluded",
    sentence: "what a trigger includes is not excluded beside it",
    see: `${limits.GUIDE}/pipelines-filter.html`,
    broken: (pipeline) =>
      doubtfulIn(pipeline).excluding.flatMap(([includes, excludes]) => excluded(includes, excludes)),
  },
  {
    id: "source-branch-name",
    sentence: "BranchName of an action that pulls through a connection is one branch, without refs/heads/ or origin/",
    see: limits.ACTION,
    broken: ({ sources }) =>
      sources.flatMap(({ at, setting }) => {
        const branch: Value = [`${at}.configuration.BranchName`, "BranchName", setting("BranchName") ?? ""];
        const rules = [limits.branch, limits.noControlCharacter, limits.noPipelineVariable];
        return told(branch, "names no branch", () => rules.every(({ must }) => must.accepts(branch[2])));
      }),
  },
];
