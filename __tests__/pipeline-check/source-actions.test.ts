import type { CodepipelineStageAction } from "@cdktf/provider-aws/lib/codepipeline";
import { Token } from "cdktf";
import fc from "fast-check";
import { ProviderType } from "../../src";
import { anyRepositoryPath, repositoryPath } from "../../src/codepipeline/repository-path";
import * as corpus from "../support/corpus.json";
import { textsNear } from "../support/texts";
import { ARN, building, judged, problem } from "../support/pipelines";

type Raw = (action: CodepipelineStageAction) => object;

/** The verdict on a pipeline whose second source action somebody wrote by hand. */
const withRaw = (change: Raw): string =>
  judged({}, (first: { name: string; action: CodepipelineStageAction[] }) => {
    const [own] = first.action as [CodepipelineStageAction];
    const configuration = { ConnectionArn: ARN, FullRepositoryId: "acme/docs", BranchName: "main" };
    const raw = { ...own, name: "Raw", outputArtifacts: ["Raw"], configuration };
    return { stage: [{ ...first, action: [own, { ...raw, ...change(raw) }] }, building()] };
  }).verdict;
const configured = (wrong: object): string =>
  withRaw(({ configuration }) => ({ configuration: { ...configuration, ...wrong } }));
const at = (sentence: string): unknown => problem(`stage[0].action[1]${sentence}`);

test("a source action that somebody wrote by hand is accepted", () => {
  expect(withRaw(() => ({}))).toBe("");
});

test.each([
  [{ category: "Test" }, '.category must be "Source". Given: "Test".'],
  [{ version: "2" }, '.version must be "1". Given: "2".'],
  [{ inputArtifacts: ["Code"] }, " can't have input artifacts. Given: 1."],
  [{ outputArtifacts: [] }, " must have exactly one output artifact. Given: 0."],
  [{ outputArtifacts: undefined }, " must have exactly one output artifact. Given: 0."],
  [{ outputArtifacts: ["Raw", "Other"] }, " must have exactly one output artifact. Given: 2."],
])("the action itself: %j is refused", (wrong, sentence) => {
  expect(withRaw(() => wrong)).toEqual(at(sentence));
});

test.each([
  [{ version: "${var.version}", category: "${var.category}" }],
  [{ outputArtifacts: ["${var.artifact}"] }],
  [{ outputArtifacts: Token.asList("${var.artifacts}"), inputArtifacts: Token.asList("${var.inputs}") }],
  [{ configuration: Token.asAny("${var.configuration}") }],
  [{ configuration: Token.asString("${var.configuration}") }],
])("the action itself: %j is left to Terraform", (unknown) => {
  expect(withRaw(() => unknown)).toBe("");
});

test.each(["ConnectionArn", "FullRepositoryId", "BranchName"])("its %s must be given", (key) => {
  expect(configured({ [key]: undefined })).toEqual(at(`.configuration.${key} must be given.`));
});

test("what is null is not given", () => {
  expect(configured({ BranchName: null })).toEqual(at(".configuration.BranchName must be given."));
});

test("an action without any configuration lacks all of it", () => {
  const verdict = withRaw(() => ({ configuration: undefined }));

  for (const key of ["ConnectionArn", "FullRepositoryId", "BranchName"]) expect(verdict).toContain(`.${key} must be`);
});

test.each([
  ["ConnectionArn", "arn:aws:s3:::docs", 'must be the ARN of a connection, of at most 256 characters, such as "'],
  ["ConnectionArn", `${ARN}${"0".repeat(257 - ARN.length)}`, "must be the ARN of a connection, of at most 256"],
  ["FullRepositoryId", "https://github.com/acme/docs", "must be the repository's path of 1 to 1000 characters"],
  ["FullRepositoryId", " ", "must be the repository's path"],
  ["FullRepositoryId", "acme/#{variables.name}", "must be the repository's path"],
  ["BranchName", "", 'must be 1 to 1000 characters long. Given: "".'],
  ["BranchName", "x".repeat(1001), "must be 1 to 1000 characters long"],
  ["BranchName", "#{variables.branch}", "can't hold a pipeline variable"],
  ["OutputArtifactFormat", "ZIP", 'must be one of CODE_ZIP, CODEBUILD_CLONE_REF. Given: "ZIP".'],
  ["DetectChanges", "no", 'must be true or false. Given: "no".'],
])("its %s %j is refused", (key, value, sentence) => {
  expect(configured({ [key]: value })).toEqual(at(`.configuration.${key} ${sentence}`));
});

test.each([
  ["ConnectionArn", `${ARN}${"0".repeat(256 - ARN.length)}`],
  ["ConnectionArn", ARN.replace("codestar-connections", "codeconnections")],
  ["FullRepositoryId", "group/subgroup/project"],
  ["BranchName", "x".repeat(1000)],
  ["OutputArtifactFormat", "CODEBUILD_CLONE_REF"],
  ["DetectChanges", "False"],
  ["DetectChanges", "${var.flag}"],
])("its %s %j is accepted", (key, value) => {
  expect(configured({ [key]: value })).toBe("");
});

test("what a SourceAction accepts for any provider is accepted in the pipeline too", () => {
  const given = [
    ...corpus.repository,
    "shop",
    "acme/shop ",
    "acme//shop",
    "acme/shop#main",
    "git@ssh.dev.azure.com:v3/a/b",
  ];
  const texts = [...given, ...fc.sample(textsNear(given), { numRuns: 2000, seed: 1 })];
  const accepted = texts.filter((text) =>
    [undefined, ...Object.values(ProviderType)].some((type) => repositoryPath(type).must.accepts(text)),
  );

  expect(accepted.length).toBeGreaterThan(500);
  expect(accepted.filter((text) => !anyRepositoryPath.must.accepts(text))).toEqual([]);
});
