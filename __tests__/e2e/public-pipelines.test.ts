import { type TerraformStack, Testing } from "cdktf";
import { rewritten, withChangeDetection } from "../support/pipeline-shapes";
import { PUBLIC_PIPELINES } from "../support/public-pipelines";
import { newStack } from "../support/synthesis";
import { TerraformProject } from "../../local-aws/terraform";
import { accountOfSuite, describeOnTerraform } from "./on-terraform";

// Each is planned as it stands, and with the source actions and triggers that the library makes of it: both plans must be
// equal, attribute by attribute.

function stackWithVariables(): TerraformStack {
  const stack = newStack();
  PUBLIC_PIPELINES.forEach(({ declareVariables }) => {
    declareVariables(stack);
  });
  return stack;
}

/** Terraform takes blocks in the order in which they stand. CDKTF sorts, and so has those that Terraform makes first. */
function dynamicLast(json: string): string {
  const moved = JSON.parse(json, (_, value: unknown) => {
    if (typeof value !== "object" || value === null || !("dynamic" in value)) return value;
    const { dynamic, ...others } = value;
    return { ...others, dynamic };
  }) as object;
  return JSON.stringify(moved);
}

function asTheyStand(): string {
  const pipelines = PUBLIC_PIPELINES.map(({ name, shape }) => [name, withChangeDetection(shape)] as const);
  const resource = { aws_codepipeline: Object.fromEntries(pipelines) };
  return JSON.stringify({ ...(JSON.parse(Testing.synth(stackWithVariables(), true)) as object), resource });
}

function byTheLibrary(): string {
  const stack = stackWithVariables();
  PUBLIC_PIPELINES.forEach(({ name, shape }) => {
    rewritten(stack, name, shape);
  });
  return Testing.synth(stack, true);
}

describeOnTerraform("public pipelines, with their source actions and triggers rewritten", () => {
  const account = accountOfSuite();
  const planned: { [name: string]: unknown }[] = [];
  beforeAll(async () => {
    for (const synthesised of [asTheyStand(), byTheLibrary()]) {
      const project = await TerraformProject.create(dynamicLast(synthesised), account().environment);
      const changes = (await project.plannedChanges()).filter(({ type }) => type === "aws_codepipeline");
      planned.push(Object.fromEntries(changes.map(({ change }) => [String(change.after.name), change] as const)));
      project.remove();
    }
  });

  test.each(PUBLIC_PIPELINES.map(({ source, name }) => [source, name]))("plan the same: %s", (_, name) => {
    const [before, after] = planned;

    expect(before?.[name]).toBeDefined();
    expect(after?.[name]).toEqual(before?.[name]);
  });
});
