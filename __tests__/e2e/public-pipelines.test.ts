import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TerraformStack, TerraformVariable, Testing } from "cdktf";
import { type PipelineShape, rewritten, withChangeDetection } from "../support/pipeline-shapes";
import { type Block, newStack } from "../support/synthesis";
import { TerraformProject } from "../../local-aws/terraform";
import { accountOfSuite, APPROVE, describeOnTerraform } from "./on-terraform";

// Source stages and triggers of public pipelines, each with its address: those that the AWS provider is tested with, and
// those of users. Names and ids are replaced, and so are the other stages. Each is planned as it stands, and with the
// source actions and triggers that the library makes of it: both plans must be equal, attribute by attribute.

interface Shape {
  readonly source: string;
  readonly variables?: { readonly [name: string]: unknown };
  /** What the pipeline has besides its stages. */
  readonly pipeline: object;
  /** The name of the first stage. */
  readonly stage: string;
  /** The first stage's actions, without what all actions on a connection share. */
  readonly actions: readonly Block[];
}

const SHAPES = JSON.parse(readFileSync(join(__dirname, "public-pipelines.json"), "utf8")) as readonly Shape[];
const CONNECTION = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f";
const SHARED = { category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" };

const nameOf = (index: number): string => `pipeline-${index}`;
const onConnection = (action: Block): Block => ({
  ...SHARED,
  ...action,
  configuration: { ConnectionArn: "${var.connection}", ...action.configuration } as Block,
});

const PIPELINES = SHAPES.map(({ pipeline, stage, actions }, index): PipelineShape => {
  const shape: PipelineShape = {
    name: nameOf(index),
    role_arn: "arn:aws:iam::123456789012:role/pipeline",
    artifact_store: [{ location: "artifacts", type: "S3" }],
    ...pipeline,
    stage: [{ name: stage, action: actions.map((each) => ("provider" in each ? each : onConnection(each))) }, APPROVE],
  };
  // Each has its variables for itself.
  return JSON.parse(JSON.stringify(shape).replaceAll("${var.", `\${var.${nameOf(index)}-`)) as PipelineShape;
});

function stackWithVariables(): TerraformStack {
  const stack = newStack();
  SHAPES.forEach(({ variables }, index) => {
    for (const [name, value] of Object.entries({ connection: CONNECTION, ...variables })) {
      new TerraformVariable(stack, `${nameOf(index)}-${name}`, { default: value });
    }
  });
  return stack;
}

function asTheyStand(): string {
  const pipelines = PIPELINES.map((shape, index) => [nameOf(index), withChangeDetection(shape)] as const);
  const resource = { aws_codepipeline: Object.fromEntries(pipelines) };
  return JSON.stringify({ ...(JSON.parse(Testing.synth(stackWithVariables(), true)) as object), resource });
}

function byTheLibrary(): string {
  const stack = stackWithVariables();
  PIPELINES.forEach((shape, index) => {
    rewritten(stack, nameOf(index), shape);
  });
  return Testing.synth(stack, true);
}

describeOnTerraform("public pipelines, with their source stages rewritten", () => {
  const account = accountOfSuite();
  const planned: { [name: string]: unknown }[] = [];
  beforeAll(async () => {
    for (const synthesised of [asTheyStand(), byTheLibrary()]) {
      const project = await TerraformProject.create(synthesised, account().environment);
      const changes = (await project.plannedChanges()).filter(({ type }) => type === "aws_codepipeline");
      planned.push(Object.fromEntries(changes.map(({ change }) => [String(change.after.name), change] as const)));
      project.remove();
    }
  });

  test.each(SHAPES.map(({ source }, index) => [source, nameOf(index)]))("plan the same: %s", (_, name) => {
    const [before, after] = planned;

    expect(before?.[name]).toBeDefined();
    expect(after?.[name]).toEqual(before?.[name]);
  });
});
