import { ResourceFamily } from "../src";
import { outputNames, outputPrefix } from "../src/connection/activation-outputs";
import { oneResource, sharedConnection } from "../src/connection/neighbours";
import { noRepetition } from "../src/connection/repetition";
import { knownRegion, ownRegion, region, regionWithConnections } from "../src/aws-provider/region";
import * as codepipeline from "../src/codepipeline/limits";
import { anyRepositoryPath, repositoryPath } from "../src/codepipeline/repository-path";
import * as hosts from "../src/connection/host-limits";
import * as connection from "../src/connection/limits";
import * as permissions from "../src/permissions/limits";
import * as roleQuotas from "../src/permissions/roles";
import { outputFormatWithoutBuildRole } from "../src/pipeline-source/checks";
import type { Limit, Size } from "../src/validation/rule";
import { approved } from "./support/approved";
import { TYPES } from "./support/mistakes/making";
import { type AppliedLimit, appliedLimits, limitsOnTheWhole, LISTED } from "./support/rulebook";
import { outcomeOf } from "./support/said";
import { exportedValues, sourceFiles } from "./support/sources";

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
  const keyOf = ({ sentence, see, when }: AppliedLimit): string => [sentence, see, ...(when ?? [])].join(" ");
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
    "Generated from the rules by `npm run approve`; a test fails when it is stale. A rule on a property is checked at synthesis for a value that the program knows, and by Terraform for an expression. Where a row is only for some resource families, types of provider or forms of a value, it says so. `PipelineSource` has the rules of `SourceAction` too, and its policy those of `ConnectionPolicy`. An unknown `providerType` of a connection or host that exists already is an error only as an expression; known at synthesis, it gets a warning. Rules on whole pipelines, accounts, stacks and roles are checked at synthesis. A message about a whole pipeline ends with the id of its rule, in brackets: `PipelineCheck.of(pipeline).acknowledgeWarning(id)` leaves a warning out, and `lowerToWarning(id)` makes an error a warning.",
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
        ["what is allowed", "source", ...("id" in (some[0] ?? {}) ? ["id"] : [])],
        some.map((limit) => [limit.sentence, linkOf(limit), ...("id" in limit ? [`\`${String(limit.id)}\``] : [])]),
      ),
    ),
  ].join("\n");
}

test("the documentation's table of rules is what the constructs apply", () => {
  const generated = rulebook(applied);

  expect(approved("docs/rules.md", generated)).toBe(generated);
});

const FAMILIES = Object.values(ResourceFamily);
const TYPES_OR_NONE = [undefined, ...TYPES];
const ofList = ({ min, max, see }: Size): Limit => ({ sentence: `must have ${min} to ${max} elements`, see });
const ofNumber = ({ min, max, see }: Size): Limit => ({
  sentence: `must be a whole number from ${min} to ${max}`,
  see,
});

/** The rules that each file of limits exports, or makes of what it is asked with. */
const RULES: { readonly [file: string]: { readonly [name: string]: readonly Limit[] } } = {
  "codepipeline/limits.ts": {
    artifactName: [codepipeline.artifactName],
    branch: [codepipeline.branch],
    events: [ofList(codepipeline.events)],
    flagString: [codepipeline.flagString],
    name: [codepipeline.name],
    namespace: [codepipeline.namespace],
    noControlCharacter: [codepipeline.noControlCharacter],
    noPipelineVariable: [codepipeline.noPipelineVariable],
    oneRepository: [codepipeline.oneRepository],
    outputFormat: [codepipeline.outputFormat],
    pattern: [codepipeline.pattern],
    patterns: [ofList(codepipeline.patterns)],
    pullRequestEvent: [codepipeline.pullRequestEvent],
    pullRequestFilters: [{ see: "", ...codepipeline.pullRequestFilters }],
    pushFilters: [{ see: "", ...codepipeline.pushFilters }],
    roleArn: [codepipeline.roleArn],
    runOrder: [ofNumber(codepipeline.runOrder)],
    triggerProvider: [codepipeline.triggerProvider],
  },
  "connection/host-limits.ts": {
    endpointOfInstallation: [hosts.endpointOfInstallation],
    endpointPath: TYPES.flatMap(hosts.endpointPath),
    hostArn: [hosts.hostArn],
    hostArnOfFamily: FAMILIES.flatMap(hosts.hostArnOfFamily),
    hostArnOfRegion: [hosts.hostArnOfRegion("us-east-1")],
    hostName: FAMILIES.map(hosts.hostName),
    installedType: [hosts.installedType],
    providerEndpoint: FAMILIES.map(hosts.providerEndpoint),
    providerTypeOfHost: [hosts.providerTypeOfHost],
    securityGroupId: [hosts.securityGroupId],
    subnetId: [hosts.subnetId],
    tagsOfHost: FAMILIES.flatMap(hosts.tagsOfHost),
    tlsCertificate: FAMILIES.flatMap(hosts.tlsCertificate),
    vpcId: [hosts.vpcId],
    vpcParts: [ofList(hosts.vpcParts)],
  },
  "connection/limits.ts": {
    arnOfAccounts: connection.arnOfAccounts(["123456789012"]),
    connectionArn: [connection.connectionArn],
    connectionName: FAMILIES.map(connection.connectionName),
    providerType: [connection.providerType],
    providerTypeOfFamily: FAMILIES.flatMap(connection.providerTypeOfFamily),
    providerTypeOfVersion: FAMILIES.flatMap((family) => connection.providerTypeOfVersion(family, "5.100.0")),
    providerTypeWithoutHost: [connection.providerTypeWithoutHost],
    resourceFamily: [connection.resourceFamily],
    resourceFamilyWithDataSource: [connection.resourceFamilyWithDataSource],
    typeOrHost: [connection.typeOrHost],
    uniqueName: [connection.uniqueName],
  },
  "permissions/limits.ts": {
    accountId: [permissions.accountId],
    branchPattern: permissions.branchPattern,
    partition: [permissions.partition],
    policyArn: [permissions.policyArn],
    policyDescription: [permissions.policyDescription],
    policyPath: [permissions.policyPath],
    repositoryPattern: TYPES_OR_NONE.flatMap(permissions.repositoryPattern),
    role: [permissions.role],
    roles: [permissions.roles],
  },
  "aws-provider/region.ts": {
    knownRegion: [knownRegion],
    ownRegion: ownRegion("5.100.0"),
    region: [region],
    regionWithConnections: [regionWithConnections],
  },
  "codepipeline/repository-path.ts": {
    anyRepositoryPath: [anyRepositoryPath],
    repositoryPath: TYPES_OR_NONE.map(repositoryPath),
  },
  "connection/neighbours.ts": { oneResource: [oneResource], sharedConnection: [sharedConnection] },
  "connection/repetition.ts": { noRepetition: [noRepetition] },
  "connection/activation-outputs.ts": { outputNames: [outputNames], outputPrefix: [outputPrefix] },
  "permissions/roles.ts": {
    inlinePolicies: [roleQuotas.inlinePolicies],
    managedPolicies: [roleQuotas.managedPolicies],
    ofOneAccount: [roleQuotas.ofOneAccount],
  },
  "pipeline-source/checks.ts": { outputFormatWithoutBuildRole: [outputFormatWithoutBuildRole] },
};

const all: readonly Limit[] = [...applied, ...Object.values(onTheWhole).flat()];
const isApplied = ({ sentence }: Limit): boolean => all.some((some) => some.sentence.endsWith(sentence));

test.each(Object.entries(RULES))("every rule of %s is applied by a construct", (_, rules) => {
  expect(Object.entries(rules).filter(([, made]) => made.length === 0)).toEqual([]);
  expect(
    Object.values(rules)
      .flat()
      .filter((rule) => !isApplied(rule)),
  ).toEqual([]);
});

const FILES = sourceFiles().filter((path) => path.endsWith("limits.ts"));

test.each(FILES)("no rule that %s exports is forgotten here", (path) => {
  // What is written in capital letters is a number or an address; what makes parts of rules says so.
  const names = exportedValues(path).filter((name) => !/^[A-Z_]+$/.test(name) && name !== "arnOf");

  expect(Object.keys(RULES[path] ?? {}).sort()).toEqual(names.sort());
});

test.each(LISTED.filter(({ broken }) => broken.length > 0))(
  "a limit that no declaration has, on $property of $by, is applied all the same",
  ({ property, rules = [], kinds = [], broken }) => {
    const limits = [...rules, ...kinds];
    const told = broken.map((program) => {
      const { said, conditions } = outcomeOf(program);
      return [...said, ...conditions].join("\n");
    });

    expect(broken).toHaveLength(limits.length);
    limits.forEach(({ sentence }, index) => {
      expect(told[index]).toContain(`${property.replace("[]", "[0]")} ${sentence}`);
    });
  },
);

test("every rule has its source", () => {
  const sources = all.map(({ see }) => see);

  expect(sources.length).toBeGreaterThan(80);
  expect(sources.filter((see) => !/^https:\/\/[a-z.-]+\/\S+$/.test(see))).toEqual([]);
});
