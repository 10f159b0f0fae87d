import type { AwsEndpoint } from ".";

/** What Terraform makes in an account, made by the calls that it sends, for what needs no Terraform. */

/** Asks the account as a client would, without one. */
export function ask(
  account: AwsEndpoint,
  service: keyof AwsEndpoint["services"],
  operation: string,
  input: object,
): unknown {
  const run = account.services[service].operations[operation];
  if (run === undefined) throw new Error(`The endpoint has no operation ${operation}.`);
  return run(input, { accountId: account.accountId, region: "us-east-1" });
}

/** A connection as Terraform makes it: pending. */
export function createConnection(
  account: AwsEndpoint,
  name = "shop",
  more: object = { ProviderType: "Bitbucket" },
): string {
  const input = { ConnectionName: name, ...more };
  const made = ask(account, "codestarConnections", "CreateConnection", input) as { ConnectionArn: string };
  return made.ConnectionArn;
}

/** A host as Terraform makes it: pending. */
export function createHost(account: AwsEndpoint, name = "git"): string {
  const input = { Name: name, ProviderType: "GitHubEnterpriseServer", ProviderEndpoint: "https://git.example.com" };
  return (ask(account, "codestarConnections", "CreateHost", input) as { HostArn: string }).HostArn;
}

/** The trust policy of a role that pipelines run as. */
export const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "codepipeline.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/** A role that may do what is named, on everything. */
export function createRole(account: AwsEndpoint, name: string, ...actions: readonly string[]): string {
  ask(account, "iam", "CreateRole", { RoleName: name, AssumeRolePolicyDocument: JSON.stringify(TRUST) });
  const statement = { Effect: "Allow", Action: actions, Resource: "*" };
  const document = { Version: "2012-10-17", Statement: [statement] };
  if (actions.length > 0) {
    const input = { RoleName: name, PolicyName: "own", PolicyDocument: JSON.stringify(document) };
    ask(account, "iam", "PutRolePolicy", input);
  }
  return `arn:aws:iam::${account.accountId}:role/${name}`;
}

/** What a role needs to use connections. */
export const USE = ["codestar-connections:UseConnection", "codeconnections:UseConnection"];

/** What may differ from a sound pipeline. */
export interface PipelineChanges {
  readonly roleArn?: string;
  readonly configuration?: { readonly [key: string]: string | undefined };
  readonly sources?: readonly object[];
  readonly build?: object;
  readonly pipeline?: object;
}

/** A CodeBuild project that pipelines start. */
export function createProject(account: AwsEndpoint, name: string, serviceRole: string): void {
  ask(account, "codebuild", "CreateProject", {
    ...{ name, serviceRole, artifacts: { type: "CODEPIPELINE" }, source: { type: "CODEPIPELINE" } },
    environment: { type: "LINUX_CONTAINER", image: "aws/codebuild/standard:7.0", computeType: "BUILD_GENERAL1_SMALL" },
  });
}

/** Creates a pipeline of the type V2 that pulls through a connection, and waits for an approval. */
export function createPipeline(account: AwsEndpoint, connectionArn: string, changes: PipelineChanges = {}): object {
  const { roleArn = createRole(account, "pipeline", ...USE), configuration = {}, sources = [] } = changes;
  const action = (name: string, category: string, provider: string, more: object) => ({
    ...{ name, actionTypeId: { category, owner: "AWS", provider, version: "1" } },
    ...more,
  });
  const pulls = {
    ...{ ConnectionArn: connectionArn, FullRepositoryId: "acme/shop", BranchName: "main" },
    ...configuration,
  };
  const pipeline = {
    ...{ name: "shop", roleArn, pipelineType: "V2", artifactStore: { type: "S3", location: "artifacts" } },
    stages: [
      {
        name: "Source",
        actions: [
          action("Pull", "Source", "CodeStarSourceConnection", {
            configuration: JSON.parse(JSON.stringify(pulls)) as object,
            outputArtifacts: [{ name: "App" }],
          }),
          ...sources,
        ],
      },
      { name: "Next", actions: [changes.build ?? action("Approve", "Approval", "Manual", {})] },
    ],
    ...changes.pipeline,
  };
  ask(account, "codepipeline", "CreatePipeline", { pipeline });
  return pipeline;
}
