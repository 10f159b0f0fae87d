import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, type TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import { Connection, ConnectionPolicy, OutputFormat, PipelineSource, type PipelineSourceProps } from "../../src";
import { ARN, takes, warningsOf } from "../support/pipelines";
import { newStacks } from "../support/synthesis";

const role = (scope: Construct, id: string, props: object = {}) =>
  new IamRole(scope, id, { assumeRolePolicy: "{}", ...props });
const arn = (name: string, account = "123456789012") => `arn:aws:iam::${account}:role/${name}`;

/** A pipeline of one source, and what is made around it; the other stack is there too. */
type Program = (
  stack: TerraformStack,
  other: TerraformStack,
) => {
  readonly roleArn: string;
  readonly source: Partial<PipelineSourceProps>;
  readonly build?: object;
};

/** The warnings on a pipeline. */
function warningsWith(program: Program): unknown[] {
  const [stack, other] = newStacks("stack", "other");
  const { roleArn, source, build } = program(stack, other);
  const made = new PipelineSource(stack, "Source", {
    connection: Connection.fromConnectionArn(stack, "Existing", ARN),
    repository: "acme/shop",
    branch: "main",
    ...source,
  });
  const pipeline = new Codepipeline(stack, "Pipeline", {
    name: "shop",
    roleArn,
    pipelineType: "V2",
    artifactStore: [{ location: "artifacts", type: "S3" }],
    stage: [made.stage, { name: "Build", action: [{ ...takes("SourceOutput"), ...build }] }],
    dependsOn: made.dependencies,
  });
  other.prepareStack();
  Testing.synth(stack, true);
  return warningsOf(pipeline);
}

describe("the role of a pipeline", () => {
  test.each<[string, Program]>([
    [
      "the granted one, by its attributes",
      (stack) => {
        const own = role(stack, "Role");
        return { roleArn: own.arn, source: { pipelineRoles: [own.name] } };
      },
    ],
    [
      "one of several granted ones",
      (stack) => {
        const own = role(stack, "Role");
        return { roleArn: own.arn, source: { pipelineRoles: ["other", own.arn] } };
      },
    ],
    [
      "the granted one, by a literal ARN and a literal name",
      () => ({
        roleArn: arn("pipelines/shop"),
        source: { pipelineRoles: ["shop"] },
      }),
    ],
    [
      "a resource and the literal name that it has",
      (stack) => ({
        roleArn: role(stack, "Role", { name: "shop" }).arn,
        source: { pipelineRoles: ["shop"] },
      }),
    ],
    [
      "a data source and the resource of its name",
      (stack) => ({
        roleArn: new DataAwsIamRole(stack, "Read", { name: "shop" }).arn,
        source: { pipelineRoles: [role(stack, "Role", { name: "shop" }).name] },
      }),
    ],
    [
      "one of another stack",
      (_, other) => {
        const own = role(other, "Role");
        return { roleArn: own.arn, source: { pipelineRoles: [own.name] } };
      },
    ],
    [
      "one that was typed by hand",
      () => ({
        roleArn: "${aws_iam_role.shop.arn}",
        source: { pipelineRoles: ["${aws_iam_role.shop.name}"] },
      }),
    ],
    [
      "one that a policy of another stack grants, where it was typed by hand",
      (stack, other) => ({
        roleArn: role(stack, "Role").arn,
        source: {
          policy: new ConnectionPolicy(other, "Policy", {
            grants: [{ connection: Connection.fromConnectionArn(other, "Existing", ARN) }],
            roles: ["${var.role}"],
          }),
        },
      }),
    ],
    [
      "a role of a name that is known at plan",
      (stack) => ({
        roleArn: role(stack, "Role").arn,
        source: { pipelineRoles: ["shop"] },
      }),
    ],
    ["an expression", () => ({ roleArn: "${var.role}", source: { pipelineRoles: ["shop"] } })],
    [
      "a part of an expression",
      (stack) => ({
        roleArn: `arn:aws:iam::123456789012:role/${role(stack, "Role").name}`,
        source: { pipelineRoles: ["shop"] },
      }),
    ],
    [
      "what a function makes of a role",
      (stack) => ({
        roleArn: Fn.lower(role(stack, "Role").arn),
        source: { pipelineRoles: ["shop"] },
      }),
    ],
    [
      "one instance of a role, where another string names the role without one",
      () => ({
        roleArn: "${aws_iam_role.shop[0].arn}",
        source: { pipelineRoles: ["${aws_iam_role.shop.name}"] },
      }),
    ],
  ])("can be %s", (_, program) => {
    expect(warningsWith(program)).toEqual([]);
  });

  test("that is another resource than the granted one is warned of", () => {
    const warnings = warningsWith((stack) => ({
      roleArn: role(stack, "Role").arn,
      source: { pipelineRoles: [role(stack, "Other").name] },
    }));

    expect(warnings).toEqual([
      "the pipeline runs as stack/Role, which gets no permission to use the connection: pipelineRoles of stack/Source has " +
        "only stack/Other. Add it there. [pipeline-role]",
    ]);
  });

  test.each<[string, Program, string]>([
    [
      "two literals",
      () => ({ roleArn: arn("pipeline"), source: { pipelineRoles: ["shop", "docs", "infra", "api"] } }),
      'the pipeline runs as "arn:aws:iam::123456789012:role/pipeline", which gets no permission to use the connection: pipelineRoles of stack/Source has only "shop", "docs", "infra", 1 more.',
    ],
    [
      "a literal and the name of a resource",
      (stack) => ({ roleArn: role(stack, "Role", { name: "shop" }).arn, source: { pipelineRoles: ["docs"] } }),
      'the pipeline runs as stack/Role, which gets no permission to use the connection: pipelineRoles of stack/Source has only "docs".',
    ],
    [
      "a data source and a literal",
      (stack) => ({
        roleArn: new DataAwsIamRole(stack, "Read", { name: "shop" }).arn,
        source: { pipelineRoles: ["docs"] },
      }),
      "the pipeline runs as stack/Read, which gets no permission",
    ],
    [
      "resources of two stacks that are called alike",
      (stack, other) => ({
        roleArn: role(other, "Role").arn,
        source: { pipelineRoles: [role(stack, "Role").name] },
      }),
      "the pipeline runs as other/Role, which gets no permission to use the connection: pipelineRoles of stack/Source has only stack/Role.",
    ],
    [
      "two instances of a role",
      () => ({
        roleArn: '${aws_iam_role.shop["a"].arn}',
        source: { pipelineRoles: ['${aws_iam_role.shop["b"].name}'] },
      }),
      'the pipeline runs as aws_iam_role.shop["a"], which gets no permission to use the connection: pipelineRoles of stack/Source has only aws_iam_role.shop["b"].',
    ],
    [
      "a role, and those of a policy that several pipelines share",
      (stack) => ({
        roleArn: arn("pipeline"),
        source: {
          policy: new ConnectionPolicy(stack, "Policy", {
            grants: [{ connection: Connection.fromConnectionArn(stack, "Shared", ARN) }],
            roles: ["shop"],
          }),
        },
      }),
      'the pipeline runs as "arn:aws:iam::123456789012:role/pipeline", which gets no permission to use the connection: roles of stack/Policy has only "shop".',
    ],
  ])("that differs is warned of: %s", (_, program, sentence) => {
    expect(warningsWith(program)).toEqual([expect.stringContaining(sentence)]);
  });
});

describe("the role of a source action", () => {
  test("takes the place of the pipeline's, which then needs no permission", () => {
    const own = (stack: Construct) => role(stack, "Own");

    expect(
      warningsWith((stack) => {
        const { arn: roleArn, name } = own(stack);
        return { roleArn: arn("pipeline"), source: { roleArn, pipelineRoles: [name] } };
      }),
    ).toEqual([]);
  });

  test.each<[string, Program]>([
    [
      "a resource that is made beside the pipeline",
      (stack) => ({
        roleArn: arn("pipeline"),
        source: { roleArn: role(stack, "Own").arn, pipelineRoles: [role(stack, "Role").name] },
      }),
    ],
    [
      "a literal of the account of the pipeline's role",
      () => ({
        roleArn: arn("pipeline"),
        source: { roleArn: arn("own"), pipelineRoles: ["pipeline"] },
      }),
    ],
    [
      "a literal of the account of a granted role",
      () => ({
        roleArn: "${var.role}",
        source: { roleArn: arn("own"), pipelineRoles: [arn("pipeline")] },
      }),
    ],
  ])("is warned of where it is not granted: %s", (_, program) => {
    expect(warningsWith(program)).toEqual([
      expect.stringMatching(
        /^the action "Source" runs as .* \(its roleArn\), which gets no permission to use the connection: pipelineRoles of stack\/Source has only .*. Add it there. The role of the pipeline needs sts:AssumeRole on it. \[source-action-role\]$/,
      ),
    ]);
  });

  test.each<[string, Program]>([
    [
      "a literal of another account",
      () => ({
        roleArn: arn("pipeline"),
        source: { roleArn: arn("own", "111122223333"), pipelineRoles: ["pipeline"] },
      }),
    ],
    [
      "a literal, where no account is known",
      () => ({
        roleArn: "${var.role}",
        source: { roleArn: arn("own"), pipelineRoles: ["pipeline"] },
      }),
    ],
    [
      "a resource of another provider",
      (stack) => {
        const provider = new AwsProvider(stack, "tools", { alias: "tools", region: "us-east-1" });
        return {
          roleArn: arn("pipeline"),
          source: { roleArn: role(stack, "Own", { provider }).arn, pipelineRoles: [role(stack, "Role").name] },
        };
      },
    ],
    [
      "a resource of another stack",
      (stack, other) => ({
        roleArn: arn("pipeline"),
        source: { roleArn: role(other, "Own").arn, pipelineRoles: [role(stack, "Role").name] },
      }),
    ],
  ])("is left alone where it may be of another account: %s", (_, program) => {
    expect(warningsWith(program)).toEqual([]);
  });
});

describe("the role of a build that takes a full clone", () => {
  const CLONE = { outputFormat: OutputFormat.CODEBUILD_CLONE_REF };
  const project = (scope: Construct, serviceRole: string, props: object = {}) =>
    new CodebuildProject(scope, "Project", {
      ...{ name: "shop", serviceRole, artifacts: { type: "CODEPIPELINE" }, source: { type: "CODEPIPELINE" } },
      ...{
        environment: {
          computeType: "BUILD_GENERAL1_SMALL",
          image: "aws/codebuild/standard:7.0",
          type: "LINUX_CONTAINER",
        },
      },
      ...props,
    });
  const granting = (...buildRoles: string[]) => ({ ...CLONE, pipelineRoles: ["pipeline"], buildRoles });
  const building = (ProjectName: string, more: object = {}) => ({ configuration: { ProjectName, ...more } });

  test.each<[string, Program]>([
    [
      "the granted one",
      (stack) => {
        const own = role(stack, "Builder");
        return { roleArn: arn("pipeline"), source: granting(own.name), build: building(project(stack, own.arn).name) };
      },
    ],
    [
      "one of the pipeline's, which clones too",
      (stack) => ({
        roleArn: arn("pipeline"),
        source: granting("other"),
        build: building(project(stack, arn("pipeline")).name),
      }),
    ],
    [
      "that of a project which is not made here",
      () => ({
        roleArn: arn("pipeline"),
        source: granting("builder"),
        build: building("shop"),
      }),
    ],
    [
      "that of a project of another region",
      (stack) => ({
        roleArn: arn("pipeline"),
        source: granting("builder"),
        build: { ...building(project(stack, arn("other")).name), region: "eu-west-1" },
      }),
    ],
    [
      "that of a project that another role starts",
      (stack) => ({
        roleArn: arn("pipeline"),
        source: granting("builder"),
        build: { ...building(project(stack, arn("other")).name), roleArn: arn("deployer") },
      }),
    ],
    [
      "that of a project of another provider",
      (stack) => {
        const provider = new AwsProvider(stack, "tools", { alias: "tools", region: "us-east-1" });
        return {
          roleArn: arn("pipeline"),
          source: granting("builder"),
          build: building(project(stack, arn("other"), { provider }).name),
        };
      },
    ],
    [
      "that of a project of another stack, with the same name",
      (_, other) => {
        project(other, arn("other"));
        return { roleArn: arn("pipeline"), source: granting("builder"), build: building("shop") };
      },
    ],
    [
      "another one where the source is a ZIP",
      (stack) => ({
        roleArn: arn("pipeline"),
        source: { pipelineRoles: ["pipeline"] },
        build: building(project(stack, arn("other")).name),
      }),
    ],
    [
      "that of one instance of a project, which may be another's",
      (stack) => {
        const { friendlyUniqueId: id } = project(stack, arn("other"), { count: 2 });
        const name = `\${aws_codebuild_project.${id}[0].name}`;
        return { roleArn: arn("pipeline"), source: granting("builder"), build: building(name) };
      },
    ],
    [
      "what ServiceRoleArnOverride says, whatever the project has",
      (stack) => ({
        roleArn: arn("pipeline"),
        source: granting("builder"),
        build: building(project(stack, arn("other")).name, { ServiceRoleArnOverride: arn("builder") }),
      }),
    ],
  ])("can be %s", (_, program) => {
    expect(warningsWith(program)).toEqual([]);
  });

  test.each<[string, (stack: Construct) => string]>([
    ["by its attribute", (stack) => project(stack, arn("other")).name],
    [
      "by its name",
      (stack) => {
        project(stack, arn("other"));
        return "shop";
      },
    ],
  ])("is warned of where it is not granted: the project is given %s", (_, projectName) => {
    const warnings = warningsWith((stack) => ({
      roleArn: arn("pipeline"),
      source: granting("builder"),
      build: building(projectName(stack)),
    }));

    expect(warnings).toEqual([
      'the action "CodeBuild" clones the repository as "arn:aws:iam::123456789012:role/other" (serviceRole of ' +
        'stack/Project), which gets no permission to use the connection: buildRoles of stack/Source has only "pipeline", ' +
        '"builder". Add it there. [build-role]',
    ]);
  });

  test("is warned of where ServiceRoleArnOverride is not granted", () => {
    const warnings = warningsWith((stack) => ({
      roleArn: arn("pipeline"),
      source: granting("builder"),
      build: building(project(stack, arn("builder")).name, { ServiceRoleArnOverride: arn("other") }),
    }));

    expect(warnings).toEqual([expect.stringContaining("(its ServiceRoleArnOverride), which gets no permission")]);
  });

  test("is compared with nothing where the source action was written by hand", () => {
    const [stack] = newStacks("stack", "other");
    const configuration = { ConnectionArn: ARN, FullRepositoryId: "acme/shop", BranchName: "main" };
    const pull = {
      ...{ name: "Pull", category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" },
      ...{ outputArtifacts: ["App"], configuration: { ...configuration, OutputArtifactFormat: "CODEBUILD_CLONE_REF" } },
    };
    const build = { ...takes("App"), ...building(project(stack, arn("other")).name) };
    // The library looks at pipelines where it makes a source.
    new PipelineSource(stack, "Other", {
      connection: Connection.fromConnectionArn(stack, "Existing", ARN),
      ...{ repository: "acme/site", branch: "main", pipelineRoles: ["pipeline"] },
    });
    const pipeline = new Codepipeline(stack, "Pipeline", {
      ...{ name: "shop", roleArn: arn("pipeline"), pipelineType: "V2" },
      artifactStore: [{ location: "artifacts", type: "S3" }],
      stage: [
        { name: "Source", action: [pull] },
        { name: "Build", action: [build] },
      ],
    });
    Testing.synth(stack, true);

    expect(warningsOf(pipeline)).toEqual([]);
  });
});
