import { Testing } from "cdktf";
import { OutputFormat, ProviderType } from "../../src";
import type { Configuration } from "../../stacks/configuration";
import { PipelineStack } from "../../stacks/pipeline-stack";
import { actionsOf, combinations, evaluate, mayTake, report } from "../support/iam-evaluation";
import type { TerraformProject } from "../../local-aws/terraform";
import { CdktfProject } from "../../local-aws/terraform/cdktf-project";
import { findInstallation } from "../../local-aws/terraform/installation";
import { accountOfSuite, describeOnTerraform, projectOf, sentences } from "./on-terraform";

const CONFIGURATION: Configuration = {
  region: "eu-west-1",
  pipelineName: "shop",
  connectionName: "MyConnection",
  providerType: ProviderType.BITBUCKET,
  repository: "acme/shop",
  branch: "main",
  outputFormat: OutputFormat.CODEBUILD_CLONE_REF,
  scopeToRepository: true,
  protectConnection: false,
};

const ACCOUNT = "123456789012";

const stackWith = (configuration: object = {}) =>
  new PipelineStack(Testing.app(), "pipeline", { ...CONFIGURATION, ...configuration });

describeOnTerraform("the stack of main.ts", () => {
  const account = accountOfSuite();
  let project: TerraformProject;
  const calls = () =>
    account()
      .calls.filter(({ error }) => error === undefined)
      .map(({ operation }) => operation);

  beforeAll(async () => {
    project = await projectOf(stackWith(), account());
  });
  afterAll(() => {
    project.remove();
  });

  test("is valid, without a warning", async () => {
    expect(await project.validate()).toEqual({ valid: true, diagnostics: [] });
  });

  test("is applied, the pipeline after all of its permissions", async () => {
    const { exitCode, output } = await project.apply();

    expect(output).toMatch(/Apply complete!/);
    expect(exitCode).toBe(0);
    const order = calls();
    const created = order.indexOf("CreatePipeline");
    expect(created).toBeGreaterThan(-1);
    expect(order.filter((operation) => operation === "AttachRolePolicy")).toHaveLength(2);
    expect(order.filter((operation) => operation === "PutRolePolicy")).toHaveLength(2);
    for (const operation of ["AttachRolePolicy", "PutRolePolicy", "PutBucketPolicy", "PutPublicAccessBlock"]) {
      expect(order.lastIndexOf(operation)).toBeGreaterThan(-1);
      expect(order.lastIndexOf(operation)).toBeLessThan(created);
    }
  });

  test("plans to change nothing, and warns while the connection is PENDING", async () => {
    const { exitCode, changes, output } = await project.plan();

    expect({ exitCode, changes }).toEqual({ exitCode: 0, changes: false });
    expect(output).toContain("No changes. Your infrastructure matches the configuration.");
    expect(sentences(output)).toMatch(
      /Warning: Check block assertion failed .*Connection "MyConnection" is PENDING, not AVAILABLE/,
    );
  });

  test("grants the pipeline role and the build role the use of exactly this connection and repository", async () => {
    const { connection_arn: arn } = await project.outputs();
    const statements = account()
      .calls.filter(({ operation }) => operation === "CreatePolicy")
      .map(({ input }) => (JSON.parse(String(input.PolicyDocument)) as { Statement: object[] }).Statement);

    expect(statements).toHaveLength(2);
    for (const prefix of ["codeconnections", "codestar-connections"]) {
      const use = { Effect: "Allow", Action: `${prefix}:UseConnection`, Resource: arn };
      const repository = { [`${prefix}:FullRepositoryId`]: "acme/shop" };
      expect(statements.flat()).toContainEqual({ ...use, Condition: { StringEqualsIfExists: repository } });
      const reading = { ...repository, [`${prefix}:ProviderPermissionsRequired`]: "read_only" };
      expect(statements.flat()).toContainEqual({
        ...use,
        Condition: { StringEqualsIfExists: reading, StringNotLike: expect.anything() },
      });
    }
  });

  describe("has roles", () => {
    const named = (what: string): string =>
      account()
        .inventory()
        .map((arn) => new RegExp(`:role/(shop-${what}-[^/]*)$`).exec(arn)?.[1])
        .find((name) => name !== undefined) ?? "";
    /** What is documented for a role: its actions on each kind of resource. */
    const DOCUMENTED = {
      pipeline: {
        bucket: ["s3:GetBucketVersioning", "s3:GetBucketAcl", "s3:GetBucketLocation"],
        object: [
          ...["s3:PutObject", "s3:PutObjectAcl", "s3:GetObject", "s3:GetObjectVersion"],
          ...["s3:PutObjectTagging", "s3:GetObjectTagging", "s3:GetObjectVersionTagging"],
        ],
        project: ["codebuild:BatchGetBuilds", "codebuild:StartBuild"],
        connection: ["codeconnections:UseConnection", "codestar-connections:UseConnection"],
      },
      build: {
        bucket: ["s3:GetBucketAcl", "s3:GetBucketLocation"],
        object: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
        logStream: ["logs:CreateLogStream", "logs:PutLogEvents"],
        connection: ["codeconnections:UseConnection", "codestar-connections:UseConnection"],
      },
    };

    test.each(["pipeline", "build"] as const)(
      "of which the %s's may do what is documented, and nothing else",
      async (what) => {
        const { connection_arn: connection } = await project.outputs();
        const bucket =
          account()
            .inventory()
            .find((arn) => arn.startsWith("arn:aws:s3:::")) ?? "";
        const ours: { readonly [kind: string]: string } = {
          bucket,
          object: `${bucket}/shop/SourceArti/key`,
          project: `arn:aws:codebuild:eu-west-1:${ACCOUNT}:project/build-shop`,
          logStream: `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/codebuild/build-shop:log-stream:0c8b`,
          connection: String(connection),
        };
        const kindOf = Object.fromEntries(Object.entries(ours).map(([kind, arn]) => [arn, kind]));
        const others = [
          ...[
            "arn:aws:s3:::another",
            "arn:aws:s3:::another/key",
            `arn:aws:codebuild:eu-west-1:${ACCOUNT}:project/build-shop-2`,
            `${String(connection)}0`,
          ],
          `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/codebuild/another:log-stream:0c8b`,
          `arn:aws:iam::${ACCOUNT}:role/another`,
        ];
        const documented: { readonly [kind: string]: readonly string[] } = DOCUMENTED[what];
        const services = ["s3", "codebuild", "logs", "codeconnections", "codestar-connections", "iam", "kms", "sts"];
        const actions = (await actionsOf(...services)).filter(({ action }) => action !== "sts:GetCallerIdentity");
        const requests = actions.flatMap(({ action, takesNone }) =>
          (takesNone ? ["*"] : [...Object.values(ours), ...others]).flatMap((resource) =>
            [ACCOUNT, "210987654321"].map((owner) => ({ action, resource, context: { "aws:ResourceAccount": owner } })),
          ),
        );

        const findings = evaluate(
          account().services.iam.rolePolicies(named(what)),
          requests,
          ({ action, resource, context }) => {
            const allowed = documented[kindOf[resource] ?? ""]?.includes(action) ?? false;
            return allowed && (!action.startsWith("s3:") || context["aws:ResourceAccount"] === ACCOUNT);
          },
        );
        report(`${what} role of main.ts`, findings);
        expect(findings).toMatchObject({ missing: [], needless: [] });
        expect(findings.allowed).toBeGreaterThan(0);
      },
    );

    test.each([
      ["pipeline", "codepipeline.amazonaws.com", "codepipeline:eu-west-1:123456789012:shop"],
      ["build", "codebuild.amazonaws.com", "codebuild:eu-west-1:123456789012:project/build-shop"],
    ])("of which the %s's is taken by %s for %s only", async (what, service, source) => {
      const trust = account().services.iam.trustPolicy(named(what));
      const SourceArn = [undefined, `arn:aws:${source}`, `arn:aws:${source}-2`];
      const SourceAccount = [undefined, ACCOUNT, "210987654321"];
      const taken: string[] = [];
      for (const who of [service, "ec2.amazonaws.com"]) {
        for (const context of combinations({ "aws:SourceArn": SourceArn, "aws:SourceAccount": SourceAccount })) {
          if (await mayTake(who, trust, context)) taken.push(`${who} ${Object.values(context).join(" ")}`);
        }
      }

      expect(taken).toEqual([`${service} arn:aws:${source} ${ACCOUNT}`]);
    });
  });

  test("no longer warns when a person has activated the connection, and says so", async () => {
    account().activate(String((await project.outputs()).connection_arn));

    const { exitCode, output } = await project.apply();

    expect(exitCode).toBe(0);
    expect(output).not.toContain("Warning");
    expect(await project.outputs()).toMatchObject({
      connection_status: "AVAILABLE",
      activation_reminder: 'Connection "MyConnection" is AVAILABLE: nothing is left to activate.',
    });
    const after = await project.plan();
    expect(after.changes).toBe(false);
    expect(after.output).not.toContain("Warning");
  });

  test("changes the branch in place", async () => {
    project.write(Testing.synth(stackWith({ branch: "release" }), true));

    const { output } = await project.plan();

    expect(output).toMatch(/Plan: 0 to add, 1 to change, 0 to destroy/);
    expect(output).toContain("aws_codepipeline.Pipeline will be updated in-place");
  });

  test("is destroyed, the pipeline before its permissions, and nothing is left", async () => {
    const { exitCode, output } = await project.destroy();

    expect(output).toMatch(/Destroy complete!/);
    expect(exitCode).toBe(0);
    const order = calls();
    const deleted = order.indexOf("DeletePipeline");
    expect(deleted).toBeGreaterThan(-1);
    for (const operation of ["DetachRolePolicy", "DeleteRolePolicy", "DeletePolicy", "DeleteRole"]) {
      expect(order.indexOf(operation)).toBeGreaterThan(deleted);
    }
    expect(account().inventory()).toEqual([]);
  });

  test("takes an existing connection, leaves it as it is, and is destroyed without it too", async () => {
    const arn = account().createByHand({ name: "ByHand", providerType: "Bitbucket", region: "eu-west-1" });
    const existing = { connectionName: undefined, connectionArn: arn, outputFormat: OutputFormat.CODE_ZIP };
    const adopting = await projectOf(stackWith(existing), account());

    expect(await adopting.apply()).toMatchObject({ exitCode: 0 });
    expect(await adopting.outputs()).toEqual({
      connection_arn: arn,
      activation_reminder: expect.stringContaining("its status is not read"),
    });
    const after = await adopting.plan();
    expect(after.output).not.toContain("Warning");
    expect(after.output).toContain("Plan: 0 to add, 0 to change, 0 to destroy.");

    // What the stack only reads may be gone by the time that it is destroyed.
    account().services.codestarConnections.store.deleteConnection(arn);
    expect(await adopting.destroy()).toMatchObject({ exitCode: 0 });
    expect(account().inventory()).toEqual([]);
    adopting.remove();
  });
});

describeOnTerraform("main.ts with another pipelineName", () => {
  const account = accountOfSuite();

  test("makes a second pipeline in a stack of its own, and each is destroyed by its name", async () => {
    const project = new CdktfProject(await findInstallation(), account().environment);
    const named = (pipelineName: string): void => {
      project.configure({ pipelineName, connectionName: `for-${pipelineName}` });
    };
    const pipelines = (): string[] =>
      account()
        .inventory()
        .flatMap((arn) => /:codepipeline:[^:]*:[^:]*:(.*)$/.exec(arn)?.[1] ?? []);

    for (const [index, name] of ["shop", "site@2.0"].entries()) {
      named(name);
      expect(await project.deploy()).toMatchObject({ exitCode: 0 });
      expect(pipelines()).toEqual(["shop", "site@2.0"].slice(0, index + 1));
    }
    named("shop");
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    expect(pipelines()).toEqual(["site@2.0"]);
    named("site@2.0");
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    expect(account().inventory()).toEqual([]);
    project.remove();
  });
});
