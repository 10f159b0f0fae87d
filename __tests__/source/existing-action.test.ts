import type { CodepipelineStageAction } from "@cdktf/provider-aws/lib/codepipeline";
import { Tokenization } from "cdktf";
import { Connection, OutputFormat, ProviderType, SourceAction } from "../../src";
import { ARN } from "../support/pipelines";
import { messageOf, newStack } from "../support/synthesis";

const CONFIGURATION = { ConnectionArn: ARN, FullRepositoryId: "acme/shop", BranchName: "main" };
const MINIMAL: CodepipelineStageAction = {
  ...{ name: "Pull", category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" },
  ...{ outputArtifacts: ["App"], configuration: CONFIGURATION },
};
const existing = () =>
  Connection.fromConnectionArn(newStack(), "Existing", ARN, { providerType: ProviderType.BITBUCKET });
const read = (action: object = {}) => SourceAction.propertiesOf({ ...MINIMAL, ...action }, existing());
const configured = (settings: object) => read({ configuration: { ...CONFIGURATION, ...settings } });

test("a minimal action makes the same one again, with the setting that AWS has by default", () => {
  const { action } = new SourceAction(read());

  expect({ ...action, namespace: undefined }).toEqual({
    ...MINIMAL,
    configuration: { ...CONFIGURATION, DetectChanges: "true" },
  });
});

test("a maximal action makes the same one again", () => {
  const maximal = {
    ...MINIMAL,
    ...{ namespace: "Pulled", runOrder: 2, region: "us-east-1", roleArn: "arn:aws:iam::123456789012:role/pull" },
    configuration: { ...CONFIGURATION, OutputArtifactFormat: "CODEBUILD_CLONE_REF", DetectChanges: "false" },
  };

  expect(new SourceAction(SourceAction.propertiesOf(maximal, existing())).action).toEqual(maximal);
});

test("its connection is the one that is given, and what is wrong with the rest is the source action's to say", () => {
  const connection = existing();

  expect(SourceAction.propertiesOf(MINIMAL, connection).connection).toBe(connection);
  expect(messageOf(() => new SourceAction(configured({ FullRepositoryId: "shop" })))).toMatch(
    /^SourceAction Pull: repository must/,
  );
});

test("what is null is not given", () => {
  expect(read({ inputArtifacts: null, timeoutInMinutes: null, region: null })).toMatchObject({ actionName: "Pull" });
});

test("no action at all is refused with what it must have", () => {
  expect(messageOf(() => SourceAction.propertiesOf(undefined as never, existing()))).toContain(
    "action must have the provider CodeStarSourceConnection. Given: undefined.",
  );
});

test("an expression for a setting stays one", () => {
  const { detectChanges, outputFormat } = configured({
    DetectChanges: "${var.detect}",
    OutputArtifactFormat: "${var.format}",
  });

  expect(Tokenization.isResolvable(detectChanges)).toBe(true);
  expect(outputFormat).toBe(OutputFormat.of("${var.format}"));
});

test.each([
  ["another provider", { provider: "GitHub" }, 'must have the provider CodeStarSourceConnection. Given: "GitHub".'],
  ["another category", { category: "Build" }, 'must have the category Source. Given: "Build".'],
  ["another owner", { owner: "ThirdParty" }, 'must have the owner AWS. Given: "ThirdParty".'],
  ["another version", { version: "2" }, 'must have the version 1. Given: "2".'],
  ["a timeout", { timeoutInMinutes: 5 }, "can't have timeoutInMinutes, which a source action on a connection does not"],
  ["other settings", { configuration: { ...CONFIGURATION, Owner: "acme" } }, "can't have the settings Owner, which"],
  ["no output", { outputArtifacts: [] }, "must have one output artifact and no input artifact. Given: 0 and 0."],
  ["inputs", { inputArtifacts: ["A"] }, "must have one output artifact and no input artifact. Given: 1 and 1."],
  [
    "an odd DetectChanges",
    { configuration: { ...CONFIGURATION, DetectChanges: "yes" } },
    'must have DetectChanges "true" or "false". Given: "yes".',
  ],
])("an action with %s is refused", (_, wrong, message) => {
  expect(messageOf(() => read(wrong))).toContain(`SourceAction.propertiesOf: action ${message}`);
});
