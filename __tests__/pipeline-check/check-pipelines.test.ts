import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { actionIn, building, checked, pipelineIn, problem, TRIGGER, errorOn, warningsOf } from "../support/pipelines";
import { messageOf, newStack } from "../support/synthesis";

test("a sound pipeline is left alone", () => {
  expect(checked({ trigger: TRIGGER })).toEqual({ error: "", warnings: [] });
});

describe("what is looked at", () => {
  const BAD = { pipelineType: "V1" };

  test("is a pipeline anywhere in the tree", () => {
    const stack = newStack();
    const source = actionIn(stack, { trigger: TRIGGER });
    pipelineIn(new Construct(new Construct(stack, "Team"), "Shop"), [source], BAD);

    expect(errorOn(stack)).toContain(
      "[stack] stack/Team/Shop/Pipeline: a pipeline with triggers must have pipelineType",
    );
  });

  test("is what it renders, overrides included", () => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack, { trigger: TRIGGER })], BAD);
    pipeline.addOverride("pipeline_type", "V2");
    expect(errorOn(stack)).toBe("");

    pipeline.addOverride("stage.1.action.0.namespace", "SourceOutput");
    expect(errorOn(stack)).toEqual(
      problem('"SourceOutput" is both a namespace and the name of an artifact: change one of them.'),
    );
  });

  test("is a pipeline from another copy of the provider's bindings too", () => {
    const stack = newStack();
    const { constructor: copy } = pipelineIn(newStack(), []);
    const source = actionIn(stack, { trigger: TRIGGER });
    const pipeline = pipelineIn(stack, [source], BAD);
    Object.setPrototypeOf(pipeline, Object.create(Object.getPrototypeOf(pipeline) as object) as object);

    expect(pipeline.constructor).toBe(copy);
    expect(errorOn(stack)).toContain("a pipeline with triggers must have pipelineType");
  });

  test("is a raw action on a connection beside ours too, but no pipeline that pulls from elsewhere", () => {
    const stack = newStack();
    actionIn(stack);
    const raw = actionIn(stack).action;
    new Codepipeline(stack, "Elsewhere", {
      name: "elsewhere",
      roleArn: "arn:aws:iam::123456789012:role/pipeline",
      artifactStore: [{ location: "artifacts", type: "S3" }],
      stage: [
        {
          name: "Same",
          action: [
            { ...raw, provider: "CodeCommit" },
            { ...raw, owner: "Custom" },
          ],
        },
        { ...building(), name: "Same" },
      ],
    });
    expect(errorOn(stack)).toBe("");

    pipelineIn(stack, [], {
      stage: [
        { name: "Same", action: [{ ...raw }] },
        { ...building(), name: "Same" },
      ],
    });
    expect(errorOn(stack)).toEqual(
      problem('more than one stage has the name "Same": give each stage a different name.'),
    );
  });

  test("is all that is wrong, at once", () => {
    const stack = newStack();
    const source = actionIn(stack, { trigger: TRIGGER, variablesNamespace: "SourceOutput" });
    pipelineIn(stack, [source], BAD);

    expect(messageOf(() => Testing.synth(stack, true)).match(/stack\/Pipeline: /g)).toHaveLength(2);
  });
});

describe("an app of several stacks", () => {
  let outdir: string;
  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), "app-"));
  });
  afterEach(() => {
    rmSync(outdir, { recursive: true });
  });
  const stackIn = (app: App, id: string) => {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    return stack;
  };

  const synthesised = (app: App) =>
    messageOf(() => {
      app.synth();
    });

  test("has the pipelines of a later stack than the source's checked", () => {
    const app = new App({ outdir });
    const [owner, user] = [stackIn(app, "owner"), stackIn(app, "user")];
    pipelineIn(user, [actionIn(owner, { trigger: TRIGGER })], { pipelineType: "V1" });

    expect(synthesised(app)).toContain("[user] user/Pipeline: a pipeline with triggers must have pipelineType");
  });

  test("has the warnings of an earlier stack in the manifest too", () => {
    const app = new App({ outdir });
    const [user, owner] = [stackIn(app, "user"), stackIn(app, "owner")];
    const pipeline = pipelineIn(user, [actionIn(owner, { trigger: TRIGGER, detectChanges: true })]);
    app.synth();

    expect(readFileSync(join(outdir, "manifest.json"), "utf8")).toContain("has a trigger and detects changes too");
    expect(warningsOf(pipeline)).toHaveLength(1);
  });

  test("has the pipelines of an earlier stack checked", () => {
    const app = new App({ outdir });
    const [user, owner] = [stackIn(app, "user"), stackIn(app, "owner")];
    pipelineIn(user, [actionIn(owner, { trigger: TRIGGER })], { pipelineType: "V1" });

    expect(synthesised(app)).toContain("user/Pipeline: a pipeline with triggers must have pipelineType");
  });

  test("has its warnings in the manifest", () => {
    const app = new App({ outdir });
    const owner = stackIn(app, "owner");
    const user = stackIn(app, "user");
    pipelineIn(user, [actionIn(owner, { trigger: TRIGGER, detectChanges: true })]);
    app.synth();

    const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
      stacks: { [name: string]: { annotations: { message: string; constructPath: string }[] } };
    };
    expect(manifest.stacks.user?.annotations).toMatchObject([
      {
        constructPath: "user/Pipeline",
        message: expect.stringContaining("has a trigger and detects changes too") as string,
      },
    ]);
  });

  test("has each pipeline read once more than the synthesis itself reads it", () => {
    const readings = (watched: boolean): number => {
      const app = new App({ outdir });
      const stack = stackIn(app, "owner");
      stackIn(app, "other");
      const { action } = actionIn(newStack());
      if (watched) actionIn(stack);
      const pipeline = pipelineIn(stack, [], { stage: [{ name: "Source", action: [action] }, building()] });
      const reading = jest.spyOn(pipeline, "toTerraform");
      app.synth();
      return reading.mock.calls.length;
    };

    expect(readings(true)).toBe(readings(false) + 1);
  });

  test("has the pipelines of a stack inside another checked by that stack", () => {
    const app = new App({ outdir });
    const outer = stackIn(app, "outer");
    const inner = new TerraformStack(outer, "inner");
    new AwsProvider(inner, "aws", { region: "us-east-1" });
    pipelineIn(inner, [actionIn(outer, { trigger: TRIGGER })], { pipelineType: "V1" });

    const said = synthesised(app);
    expect(said).toContain("[outer/inner] outer/inner/Pipeline: a pipeline with triggers must have pipelineType");
    expect(said.match(/a pipeline with triggers must have pipelineType/g)).toHaveLength(1);
  });

  test.each([false, true])(
    "has a stack checked that none could enlist in time, or what is inside it: %s",
    (isInside) => {
      const app = new App({ outdir });
      const first = new Construct(app, "First");
      const owner = stackIn(app, "owner");
      const source = actionIn(owner, { trigger: TRIGGER });
      // It is made after the source, but synthesised before it.
      const late = new TerraformStack(first, "late");
      new AwsProvider(late, "aws", { region: "us-east-1" });
      const inner = new TerraformStack(late, "inner");
      new AwsProvider(inner, "aws", { region: "us-east-1" });
      pipelineIn(isInside ? inner : late, [source], { pipelineType: "V1" });

      expect(synthesised(app).match(/Pipeline: a pipeline with triggers must have pipelineType/g)).toHaveLength(1);
    },
  );

  test("says each mistake once", () => {
    const app = new App({ outdir });
    const owner = stackIn(app, "owner");
    pipelineIn(owner, [actionIn(owner, { trigger: TRIGGER })], { pipelineType: "V1" });
    stackIn(app, "other");

    expect(synthesised(app).match(/a pipeline with triggers must have pipelineType/g)).toHaveLength(1);
  });
});
