import { region } from "../src/aws-provider/region";
import * as hosts from "../src/connection/host-limits";
import * as connection from "../src/connection/limits";
import { ProviderType, ResourceFamily } from "../src";
import * as permissions from "../src/permissions/limits";
import { anyRepositoryPath, repositoryPath } from "../src/codepipeline/repository-path";
import * as pipeline from "../src/codepipeline/limits";
import { Inspection } from "../src/validation/inspection";
import type { Rule } from "../src/validation/rule";
import * as corpus from "./support/corpus.json";

const RULES: { readonly [kind: string]: readonly (readonly Rule[])[] } = {
  // Where the provider type is not known, and as what a role may pull.
  repository: [
    [repositoryPath(undefined), pipeline.oneRepository],
    [anyRepositoryPath],
    permissions.repositoryPattern(undefined),
  ],
  branch: [[pipeline.branch, pipeline.noPipelineVariable, pipeline.noControlCharacter], permissions.branchPattern],
  connectionArn: [[connection.connectionArn]],
  hostArn: [[hosts.hostArn]],
  connectionName: Object.values(ResourceFamily).map((family) => [connection.connectionName(family)]),
  hostName: Object.values(ResourceFamily).map((family) => [hosts.hostName(family)]),
  providerEndpoint: Object.values(ResourceFamily).map((family) => [hosts.providerEndpoint(family)]),
  actionName: [[pipeline.name]],
  stageName: [[pipeline.name]],
  pipelineName: [[pipeline.name]],
  artifactName: [[pipeline.artifactName]],
  namespace: [[pipeline.namespace]],
  pattern: [[pipeline.pattern]],
  roleName: [[permissions.role]],
  policyPath: [[permissions.policyPath]],
  vpcId: [[hosts.vpcId]],
  subnetId: [[hosts.subnetId]],
  securityGroupId: [[hosts.securityGroupId]],
  region: [[region]],
  // As the role of an action, and as one that gets the permission.
  roleArn: [[pipeline.roleArn], [permissions.role]],
};

const refusals = (values: readonly string[], rules: readonly Rule[]): string[] =>
  values.flatMap((value) => new Inspection().value("value", value, ...rules).problems);

test.each(Object.entries(RULES))("no %s that people use is refused", (kind, applied) => {
  const values = (corpus as unknown as { [kind: string]: string[] })[kind] ?? [];

  expect(values.length).toBeGreaterThan(5);
  expect(applied.flatMap((rules) => refusals(values, rules))).toEqual([]);
});

test.each(Object.entries(corpus.repositoryOf))("no repository that people use at %s is refused", (type, values) => {
  expect(refusals(values, [repositoryPath(ProviderType.of(type))])).toEqual([]);
});

test("no list of events that people use is refused", () => {
  const size = { min: 1, max: 3, see: "" };

  expect(
    corpus.events.flatMap(
      (events) => new Inspection().list("events", events, size, pipeline.pullRequestEvent).problems,
    ),
  ).toEqual([]);
});
