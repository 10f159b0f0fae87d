import { ProviderType, ResourceFamily } from "../src";
import * as activation from "../src/connection/activation-reminder";
import * as hosts from "../src/connection/host-limits";
import * as connection from "../src/connection/limits";
import { repositoryPath } from "../src/codepipeline/repository-path";
import * as pipeline from "../src/codepipeline/limits";
import * as permissions from "../src/permissions/limits";
import * as source from "../src/source/source-action";
import type { Limit } from "../src/validation/rule";
import { approved } from "./support/approved";
import { type AppliedLimit, appliedLimits, limitsOnTheWhole } from "./support/rulebook";

const applied = appliedLimits();
const onTheWhole = limitsOnTheWhole();

/** The table of one construct, or of what several have together. */
function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [`## ${title}`, "", line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n");
}

const linkOf = ({ see }: Limit): string => `[${new URL(see).hostname.replace(/^www\./, "")}](${see})`;

/** The limits of a construct, each once, with all the properties that have it. */
function rowsOf(limits: readonly AppliedLimit[]): string[][] {
  const keyOf = ({ sentence, see }: Limit): string => `${sentence} ${see}`;
  const properties = [...new Set(limits.map(({ property }) => property))];
  const each = [...new Map(limits.map((limit) => [keyOf(limit), limit])).values()];
  each.sort((one, other) => properties.indexOf(one.property) - properties.indexOf(other.property));
  return each.map((limit) => [
    [...new Set(limits.filter((other) => keyOf(other) === keyOf(limit)).map(({ property }) => `\`${property}\``))].join(
      ", ",
    ),
    limit.sentence,
    limit.when?.join(", ") ?? "",
    linkOf(limit),
  ]);
}

function rulebook(limits: readonly AppliedLimit[]): string {
  const constructs = [...new Set(limits.map(({ by }) => by))];
  // A source takes what its first action takes.
  const ofActions = limits.filter(({ by }) => by === "SourceAction");
  const isInherited = ({ by, property, sentence }: AppliedLimit): boolean =>
    by === "PipelineSource" && ofActions.some((limit) => limit.property === property && limit.sentence === sentence);
  return [
    "# The rules",
    "",
    "Generated from the rules by `npm run approve`; a test fails when it is stale. A rule on a property is judged at synthesis for a value that the program knows, and by Terraform for an expression. Where a row is only for some resource families or types of provider, it says so. `PipelineSource` has the rules of `SourceAction` too, and its policy those of `ConnectionPolicy`. Rules on whole pipelines, accounts, stacks and roles are judged at synthesis.",
    "",
    "A rule may name what your provider is bound to: account 123456789012, region us-east-1 and version 5.100.0 stand for that.",
    "",
    ...constructs.map((by) =>
      table(
        by,
        ["property", "what is allowed", "only for", "source"],
        rowsOf(limits.filter((limit) => limit.by === by && !isInherited(limit))),
      ),
    ),
    ...Object.entries(onTheWhole).map(([about, some]) =>
      table(
        about,
        ["what is allowed", "source"],
        some.map((limit) => [limit.sentence, linkOf(limit)]),
      ),
    ),
  ].join("\n");
}

test("the documentation's table of rules is what the constructs apply", () => {
  const generated = rulebook(applied);

  expect(approved("docs/rules.md", generated)).toBe(generated);
});

const ROOMS = { activation, connection, hosts, permissions, pipeline, source };
const sentences = [...applied, ...Object.values(onTheWhole).flat()].map(({ sentence }) => sentence);
const isApplied = ({ sentence }: Limit): boolean => sentences.some((some) => some.endsWith(sentence));

test.each(Object.entries(ROOMS))("every rule of the room %s is applied by a construct", (_, rules) => {
  const unused = Object.entries(rules)
    .filter((entry): entry is [string, Limit] => typeof entry[1] === "object" && "sentence" in entry[1])
    .filter(([, rule]) => !isApplied(rule));

  expect(unused.map(([name]) => name)).toEqual([]);
});

const FAMILIES = Object.values(ResourceFamily).map((family) => [family]);
const TYPES = [undefined, ...Object.values(ProviderType)].map((type) => [type]);

/** What the functions that make rules are asked with. */
const ASKED: { readonly [name: string]: readonly (readonly unknown[])[] } = {
  ...{ connectionName: FAMILIES, hostName: FAMILIES, providerEndpoint: FAMILIES, tlsCertificate: FAMILIES },
  ...{ hostArnOfFamily: FAMILIES, providerTypeOfFamily: FAMILIES, tagsOfHost: FAMILIES },
  providerTypeOfVersion: FAMILIES.map(([family]) => [family, "5.100.0"]),
  ...{ arnOfAccounts: [[["123456789012"]]], hostArnOfRegion: [["us-east-1"]] },
  ...{ repositoryPattern: TYPES, repositoryPath: TYPES },
};
const makers = Object.entries<unknown>({ ...connection, ...hosts, ...permissions, repositoryPath }).filter(
  (entry): entry is [string, (...given: readonly unknown[]) => Limit | Limit[]] => typeof entry[1] === "function",
);

test.each(makers)("every rule that %s makes is applied by a construct", (name, make) => {
  const made = (ASKED[name] ?? []).flatMap((given) => make(...given));

  expect(made.length).toBeGreaterThan(0);
  expect(made.filter((rule) => !isApplied(rule))).toEqual([]);
});

test("every rule has its source", () => {
  const sources = [...applied, ...Object.values(onTheWhole).flat()].map(({ see }) => see);

  expect(sources.length).toBeGreaterThan(80);
  expect(sources.filter((see) => !/^https:\/\/[a-z.]+\/\S+$/.test(see))).toEqual([]);
});
