import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { type GitFilterCriteria, GitPullRequestFilter, GitPushFilter, Trigger } from "../../src";
import {
  actionIn,
  checked as checkedWithIds,
  errorOn,
  pipelineIn,
  warningsOf as warningsWithIds,
} from "../support/pipelines";
import { newStack } from "../support/synthesis";

/** The ids of the rules have a test of their own. */
const withoutId = (warning: unknown): string => String(warning).replace(/ \[[a-z-]+\]$/, "");
const warningsOf = (construct: IConstruct): string[] => warningsWithIds(construct).map(withoutId);
const checked = (...given: Parameters<typeof checkedWithIds>) => {
  const { error, warnings } = checkedWithIds(...given);
  return { error, warnings: warnings.map(withoutId) };
};

test.each([
  ["pattern-never-matches", { branches: { includes: ["refs/heads/main"] } }],
  ["pattern-comma", { branches: { includes: ["main,develop"] } }],
  ["file-path-slash", { branches: { includes: ["main"] }, filePaths: { includes: ["src/"] } }],
  ["include-excluded", { branches: { includes: ["main"], excludes: ["main"] } }],
])("a warning ends with the id of its rule: %s", (id, push) => {
  expect(checkedWithIds({ detectChanges: false }, raw(push)).warnings).toEqual([expect.stringContaining(` [${id}]`)]);
});

type Kind = "branches" | "tags" | "filePaths";

/** A filter on pushes, as the provider takes it. */
const raw = (push: object) => ({
  trigger: [
    { providerType: "CodeStarSourceConnection", gitConfiguration: { sourceActionName: "Source", push: [push] } },
  ],
});

/** What is said of lists of one kind, in a filter that the library builds and in one that is written by hand. */
function said(kind: Kind, lists: GitFilterCriteria) {
  const typed = {
    branches: () => GitPushFilter.branches(lists),
    tags: () => GitPushFilter.tags(lists),
    filePaths: () => GitPushFilter.branches({ includes: ["main"] }, { filePaths: lists }),
  };
  const written = kind === "filePaths" ? { branches: { includes: ["main"] }, filePaths: lists } : { [kind]: lists };
  const [one, other] = [
    checked({ trigger: Trigger.onPush(typed[kind]()) }),
    checked({ detectChanges: false }, raw(written)),
  ];
  expect(other).toEqual(one);
  return one;
}

/** What is said of one pattern; the error is none. */
function saidOf(kind: Kind, pattern: string, list: "includes" | "excludes" = "includes"): unknown[] {
  const { error, warnings } = said(kind, { [list]: [pattern] });
  expect(error).toBe("");
  return warnings;
}

const at = (kind: Kind, list = "includes") => `trigger[0].gitConfiguration.push[0].${kind}.${list}[0]`;

describe("a pattern that is no name or path", () => {
  const REF = "a name is compared without git's refs/heads/ or refs/tags/";
  const NO_REGEX = "it is no regular expression, so ^ and $ are compared too";
  const ROOT = "a path starts at the root of the repository, without / or ./";
  const SPACE = "a space at its start or end is compared too";

  test.each<[Kind, string, string, string]>([
    ["branches", "refs/heads/main", REF, ' Did you mean "main"?'],
    ["branches", "refs/heads/release/**", REF, ' Did you mean "release/**"?'],
    ["branches", "refs/tags/v1", REF, ""],
    ["branches", "refs/heads/", REF, ""],
    ["branches", "refs/heads/release(1)", REF, ' Did you mean "release(1)"?'],
    ["branches", "refs/*/main", REF, ""],
    ["tags", "refs/tags/v1", REF, ' Did you mean "v1"?'],
    ["tags", "refs/heads/main", REF, ""],
    ["filePaths", "refs/heads/main", "it is compared with paths, not with refs of git", ""],
    ["branches", "origin/main", "origin/ is the remote, not a part of the name", ' Did you mean "main"?'],
    ["branches", "/main", "no name starts with / or ./", ' Did you mean "main"?'],
    ["branches", "/refs/heads/main", "no name starts with / or ./", ' Did you mean "main"?'],
    ["tags", "./v1", "no name starts with / or ./", ' Did you mean "v1"?'],
    ["filePaths", "/src/**", ROOT, ' Did you mean "src/**"?'],
    ["filePaths", "./src/", ROOT, ' Did you mean "src/**"?'],
    ["filePaths", "/", ROOT, ""],
    ["filePaths", "//src", ROOT, ""],
    ["filePaths", "!docs/**", "! at its start negates nothing", ' Did you mean excludes: ["docs/**"]?'],
    ["branches", "!(main)", "! at its start negates nothing", ""],
    ["branches", "^main$", NO_REGEX, ' Did you mean "main"?'],
    ["branches", "main$", NO_REGEX, ' Did you mean "main"?'],
    ["branches", "$", NO_REGEX, ""],
    ["branches", "^release/.*$", NO_REGEX, ""],
    ["tags", "^v[0-9]", NO_REGEX, ' Did you mean "v[0-9]"?'],
    ["tags", "^(v|w)1", NO_REGEX, ""],
    ["branches", " main", SPACE, ' Did you mean "main"?'],
    ["branches", "main ", SPACE, ' Did you mean "main"?'],
    ["filePaths", "src/ ", SPACE, ' Did you mean "src/**"?'],
    ["tags", " ", SPACE, ""],
  ])("in %s is warned of: %j", (kind, pattern, because, guess) => {
    expect(saidOf(kind, pattern)).toEqual([
      `${at(kind)} never matches: ${because}. Given: ${JSON.stringify(pattern)}.${guess}`,
    ]);
  });

  test("is warned of in excludes, where includes are what ! turns it to", () => {
    expect(saidOf("branches", "!main", "excludes")).toEqual([
      `${at("branches", "excludes")} never matches: ! at its start negates nothing. Given: "!main". Did you mean includes: ["main"]?`,
    ]);
  });

  test("is named by its place, and a line break in it is shown as one", () => {
    const push = { tags: { includes: ["v1"] } };
    const pullRequest = { branches: { includes: ["dev", "main\n"] } };
    const [own] = raw(push).trigger;
    const trigger = [{ ...own, gitConfiguration: { ...own?.gitConfiguration, pullRequest: [pullRequest] } }];
    const by = Trigger.onPushOrPullRequest(
      [GitPushFilter.tags(push.tags)],
      [GitPullRequestFilter.branches(pullRequest.branches)],
    );
    for (const { warnings } of [checked({ trigger: by }), checked({ detectChanges: false }, { trigger })]) {
      expect(warnings).toEqual([
        `trigger[0].gitConfiguration.pullRequest[0].branches.includes[1] never matches: ${SPACE}. Given: "main\\n". Did you mean "main"?`,
      ]);
    }
  });

  test("is cut where it is long", () => {
    expect(saidOf("branches", `/${"a".repeat(254)}`)).toEqual([
      expect.stringMatching(/Given: "\/a{98}… \(255 characters\)\. Did you mean "a{99}… \(254 characters\)\?$/),
    ]);
  });

  test.each<[Kind, string]>([
    ["branches", "main"],
    ["branches", "**"],
    ["branches", "refs"],
    ["branches", "references/x"],
    ["branches", "origin"],
    ["branches", "original/x"],
    ["branches", "fix/refs/heads/x"],
    ["branches", "a/origin/b"],
    ["branches", "a!b^c$d"],
    ["branches", "release/**"],
    ["branches", "release/"],
    ["branches", "\\!main"],
    ["branches", "\\^main\\$"],
    ["tags", "origin/v1"],
    ["tags", "v*.{0,1}"],
    ["filePaths", "refs/**"],
    ["filePaths", "origin/**"],
    ["filePaths", "*.{java,class}"],
    ["filePaths", "app/[slug]/**"],
    ["filePaths", "routes/$lang.tsx"],
    ["filePaths", "@scope/pkg/**"],
    ["filePaths", ".github/**"],
    ["filePaths", "../shared/**"],
    ["filePaths", "a file.txt"],
    ["filePaths", "foo.?"],
  ])("is not one in %s that is fine: %j", (kind, pattern) => {
    expect(saidOf(kind, pattern)).toEqual([]);
  });
});

describe("a comma outside braces", () => {
  const COMMA = "a comma separates only inside { }, so each pattern must be an element of its own";

  test.each<[Kind, string, string]>([
    ["branches", "main,develop", ' Did you mean ["main","develop"]?'],
    ["branches", "main, develop", ' Did you mean ["main","develop"]?'],
    ["branches", "main,", ' Did you mean "main"?'],
    ["branches", ",", ""],
    ["branches", "refs/heads/main,origin/dev", ' Did you mean ["main","dev"]?'],
    ["branches", "main,^(a|b)$", ""],
    ["branches", "a/{b,c},d", ' Did you mean ["a/{b,c}","d"]?'],
    ["tags", "[v,w]2,v1", ' Did you mean ["[v,w]2","v1"]?'],
    ["tags", "v1,[v,w]2", ' Did you mean ["v1","[v,w]2"]?'],
    ["tags", "v1\\,2,v3", ' Did you mean ["v1\\\\,2","v3"]?'],
  ])("in %s is warned of: %j", (kind, pattern, guess) => {
    expect(saidOf(kind, pattern)).toEqual([
      `${at(kind)} never matches: ${COMMA}. Given: ${JSON.stringify(pattern)}.${guess}`,
    ]);
  });

  test.each<[Kind, string]>([
    ["branches", "{main,develop}"],
    ["branches", "release/{1,2}/{a,b}"],
    ["branches", "[a,b]"],
    ["branches", "a\\,b"],
    ["branches", "{a,{b,c}}"],
    ["branches", "{a,b"],
    ["branches", "a},b"],
    ["filePaths", "a,b.txt"],
  ])("is none in %s: %j", (kind, pattern) => {
    expect(saidOf(kind, pattern)).toEqual([]);
  });
});

describe("a pattern of file paths that ends with /", () => {
  test.each<[string, string]>([
    ["src/", ' Did you mean "src/**"?'],
    ["services/*/", ' Did you mean "services/*/**"?'],
    [".github/", ' Did you mean ".github/**"?'],
  ])("is warned of: %s", (pattern, guess) => {
    for (const list of ["includes", "excludes"] as const) {
      expect(saidOf("filePaths", pattern, list)).toEqual([
        `${at("filePaths", list)} never matches: it is compared with the paths of files, and none ends with /. Given: "${pattern}".${guess}`,
      ]);
    }
  });

  test.each(["src", "src/*", "src/**", "src/**/*"])("is not %s", (pattern) => {
    expect(saidOf("filePaths", pattern)).toEqual([]);
  });
});

describe("an include that is excluded", () => {
  const by = (include: string, exclude: string, kind: Kind = "branches") =>
    said(kind, { includes: ["{x,y}", include], excludes: ["another", exclude] }).warnings;

  test.each<[string, string, Kind]>([
    ["main", "main", "branches"],
    ["feature/*", "feature/*", "branches"],
    ["v1", "v1", "tags"],
    ["{a,b}", "{a,b}", "filePaths"],
  ])("by the same pattern is warned of: %s", (include, exclude, kind) => {
    expect(by(include, exclude, kind)).toEqual([
      `trigger[0].gitConfiguration.push[0].${kind}.includes[1] never matches: excludes[1] excludes it. Given: "${include}". Leave one of the two out.`,
    ]);
  });

  test.each([
    ["main", "m*"],
    ["main", "*"],
    ["main", "**"],
    ["main", "ma*n"],
    ["main", "main*"],
    ["a/b/c", "a/**"],
    ["a/b/c", "**/c"],
    ["a/b/c", "a/*/c"],
    ["a/b.test.ts", "**/*.test.*"],
    ["v1.2", "v?.?"],
    ["v1", "v[0-9]"],
    ["v1", "v[!a-z]"],
    ["v1", "[uvw]1"],
    ["a.ts", "*.{js,ts}"],
    ["a.ts", "{a,b}{,.js,.ts}"],
    ["a(b)+c", "a(b)+?"],
    ["a.b", "a\\.b"],
    ["a😀b", "a*b"],
  ])("by a pattern is warned of: %s by %s", (include, exclude) => {
    expect(by(include, exclude)).toEqual([
      `trigger[0].gitConfiguration.push[0].branches.includes[1] never matches: excludes[1], ${JSON.stringify(exclude)}, excludes it. Given: "${include}". Leave one of the two out.`,
    ]);
  });

  test.each([
    ["main", "dev"],
    ["main", "Main"],
    ["main", "mai"],
    ["main", "m?n"],
    ["main", "main?"],
    ["main", "?main"],
    ["main", "main/*"],
    ["main", "*/main"],
    ["main", "**/main"],
    ["main", "\\m*x"],
    ["a/b/c", "a/*"],
    ["a/b", "a?b"],
    ["a/b", "a[!x]b"],
    ["a.ts", "*.{js,tsx}"],
    ["axb", "a.b"],
    ["v1", "v[!0-9]"],
    ["v1", "v1[0-9]"],
    ["v1", "v[1-2]"],
    ["v1", "v[1"],
    ["a", "{a,{b,c}}"],
    ["a", "{a"],
    ["a", "{a*,b}"],
    ["feature/*", "feature/**"],
    ["m?in", "*"],
    ["{main,dev}", "*"],
    ["main]", "*"],
  ])("is none where that is not sure: %s by %s", (include, exclude) => {
    expect(by(include, exclude)).toEqual([]);
  });

  test("is one of the same kind in the same filter", () => {
    const filters = [GitPushFilter.branches({ includes: ["main"] }, { filePaths: { excludes: ["main"] } })];
    const others = [GitPushFilter.branches({ excludes: ["main"] }), GitPushFilter.tags({ excludes: ["main"] })];

    expect(checked({ trigger: Trigger.onPush(...filters, ...others) }).warnings).toEqual([]);
  });

  test("has one warning, and what has another fault has that one", () => {
    expect(said("branches", { includes: ["main"], excludes: ["m*", "main"] }).warnings).toHaveLength(1);
    expect(said("branches", { includes: ["/main"], excludes: ["/main"] }).warnings).toEqual([
      expect.stringContaining("includes[0] never matches: no name starts with"),
      expect.stringContaining("excludes[0] never matches: no name starts with"),
    ]);
  });

  test("is found soon, whatever the patterns are", () => {
    const lists = {
      includes: Array.from({ length: 8 }, (_, index) => "a".repeat(247 + index)),
      excludes: Array.from({ length: 8 }, (_, index) => `${"*a".repeat(120 + (index % 4))}${"?*".repeat(3)}b`),
    };
    const start = performance.now();

    expect(said("branches", lists)).toEqual({ error: "", warnings: [] });
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe("the branch of a source action", () => {
  const AT = "stage[0].action[0].configuration.BranchName names no branch";

  test.each([
    ["refs/heads/main", "a name is compared without git's refs/heads/ or refs/tags/", ' Did you mean "main"?'],
    ["refs/tags/v1", "a name is compared without git's refs/heads/ or refs/tags/", ""],
    ["refs/heads/*", "a name is compared without git's refs/heads/ or refs/tags/", ""],
    ["origin/main", "origin/ is the remote, not a part of the name", ' Did you mean "main"?'],
    ["/main", "no name starts with / or ./", ' Did you mean "main"?'],
    ["./main", "no name starts with / or ./", ' Did you mean "main"?'],
    ["!main", "! at its start negates nothing", ""],
    ["^main$", "it is no regular expression, so ^ and $ are compared too", ' Did you mean "main"?'],
    ["main ", "a space at its start or end is compared too", ' Did you mean "main"?'],
    ["release/*", "a source pulls one branch, and patterns belong in its trigger", ""],
    ["release-?", "a source pulls one branch, and patterns belong in its trigger", ""],
    ["release-[12]", "a source pulls one branch, and patterns belong in its trigger", ""],
  ])("is warned of: %j", (branch, because, guess) => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack)]);
    pipeline.addOverride("stage.0.action.0.configuration.BranchName", branch);
    const byHand = { error: errorOn(stack), warnings: warningsOf(pipeline) };

    expect(byHand).toEqual({
      error: "",
      warnings: [`${AT}: ${because}. Given: ${JSON.stringify(branch)}.${guess}`],
    });
    expect(checked({ branch })).toEqual(byHand);
  });

  test.each(["main", "feature/x", "a,b", "refs", "origin", "a$b", "{a}", "@x", "${var.branch}", "/${var.branch}"])(
    "is left alone: %s",
    (branch) => {
      expect(checked({ branch })).toEqual({ error: "", warnings: [] });
    },
  );

  test.each(["/main\n", "/#{variables.branch}", `/${"a".repeat(1000)}`, ""])(
    "is not warned of too where it is refused: %j",
    (branch) => {
      const stack = newStack();
      const pipeline = pipelineIn(stack, [actionIn(stack)]);
      pipeline.addOverride("stage.0.action.0.configuration.BranchName", branch);

      expect(errorOn(stack)).toContain("configuration.BranchName");
      expect(warningsOf(pipeline)).toEqual([]);
    },
  );
});

describe("what is not known, or refused anyway,", () => {
  test.each(["${var.branch}", " ${var.branch}", "refs/heads/${var.branch}", "%{if true}a%{endif},b"])(
    "has no warning: %s",
    (pattern) => {
      expect(saidOf("branches", pattern)).toEqual([]);
      expect(said("branches", { includes: [pattern], excludes: [pattern] })).toEqual({ error: "", warnings: [] });
    },
  );

  test("has none as a list that is an expression", () => {
    const list = Token.asList("${var.branches}");

    expect(said("branches", { includes: list, excludes: list })).toEqual({ error: "", warnings: [] });
  });

  test("is known where a token is known now", () => {
    expect(saidOf("branches", Token.asString("/main"))).toEqual([
      expect.stringContaining('Given: "/main". Did you mean "main"?'),
    ]);
  });

  test.each([
    ["no string", [7, null]],
    ["empty", [""]],
    ["too long", [`/${"a".repeat(255)}`]],
    ["much too long", [`/${" ".repeat(16_000)}x`, "[".repeat(16_000), "{,".repeat(8000)]],
  ])("has an error alone: %s", (_, includes) => {
    const { error, warnings } = checked({ detectChanges: false }, raw({ branches: { includes, excludes: includes } }));

    expect(error).toContain("branches.includes[0] must be");
    expect(warnings).toEqual([]);
  });

  test("is compared as far as AWS takes it: 8 excludes", () => {
    const excludes = Array.from({ length: 9 }, (_, index) => `b${index + 1}`);
    const of = (include: string) =>
      checked({ detectChanges: false }, raw({ branches: { includes: [include], excludes } })).warnings;

    expect(of("b8")).toHaveLength(1);
    expect(of("b9")).toEqual([]);
  });
});
