import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { TerraformOutput, type TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  Connection,
  type ConnectionGrant,
  ConnectionHost,
  ConnectionPolicy,
  ConnectionPolicyDocument,
  type IConnection,
  OutputFormat,
  PipelineSource,
  ProviderType,
  ResourceFamily,
} from "../../src";
import { accessesOf } from "../../src/permissions/connection-grant";
import { MANAGED_POLICY_SIZE } from "../../src/permissions/limits";
import { pack } from "../../src/permissions/packing";
import type { Call } from "../../local-aws";
import { actionsOf, combinations, evaluate, type Findings, report, type Request } from "../support/iam-evaluation";
import { largest } from "../support/largest";
import { newStack } from "../support/synthesis";
import type { TerraformProject } from "../../local-aws/terraform";
import { accountOfSuite, APPROVE, describeOnTerraform, projectOf, TRUST } from "./on-terraform";

const ACCOUNT = "123456789012";
const PREFIXES = ["codeconnections", "codestar-connections"];
const BY_HAND = "by-hand";
/** Of another account and region. */
const SHARED = "arn:aws:codeconnections:eu-west-1:210987654321:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary`;

/** A role, what it is granted of our connection, and what that should allow. Nothing named is everything. */
interface Mode {
  readonly role: string;
  readonly grant?: Omit<ConnectionGrant, "connection">;
  readonly inline?: boolean;
  readonly repositories?: readonly string[];
  readonly branches?: readonly string[];
  readonly reads?: boolean;
  /** Whether it reads the connection and gets its token too. */
  readonly getsToken?: boolean;
}

const LIMITS = { repositories: ["acme/shop"], branches: ["main"], readOnly: true };
const MODES: readonly Mode[] = [
  { role: "plain" },
  { role: "plain-inline", inline: true },
  { role: "repository", grant: { repositories: ["acme/shop"] }, repositories: ["acme/shop"] },
  { role: "variable", grant: { repositories: ["${var.repository}"] }, repositories: ["acme/shop"] },
  {
    role: "pattern",
    grant: { repositories: ["acme/*"] },
    repositories: ["acme/shop", "acme/shop-2", "acme/group/shop"],
  },
  { role: "branches", grant: { branches: ["main", "release/*"] }, branches: ["main", "release/1"] },
  { role: "reader", grant: { readOnly: true }, reads: true },
  { role: "limited", grant: LIMITS, repositories: ["acme/shop"], branches: ["main"], reads: true },
  { role: "limited-inline", grant: LIMITS, inline: true, repositories: ["acme/shop"], branches: ["main"], reads: true },
  { role: "codebuild", grant: { codeBuildSource: true }, getsToken: true },
  // Of a `PipelineSource` with a full clone, whose build needs another repository too.
  { role: "pipeline", repositories: ["acme/shop"], reads: true },
  { role: "build", repositories: ["acme/shop", "acme/shop-2"], reads: true },
  // In a policy that is not the library's.
  { role: "own-policy", repositories: ["acme/shop"], branches: ["main"], reads: true },
];
/** Those that a `ConnectionPolicy` is for. */
const OF_POLICIES = MODES.slice(0, -3);

/** As documented: what `ProviderAction` can be, and which of these write. */
const READING = [
  ...["GenerateReferenceLink", "GetBranch", "GetCommit", "GetCommitDiffs", "GetFile", "GetFolder", "GetPullRequest"],
  ...[
    "GetRepository",
    "GetUploadArchiveToS3Status",
    "GitPull",
    "IsRepositoryEmpty",
    "ListBranchCommits",
    "ListBranches",
  ],
  ...["ListCommitFiles", "ListCommitStatuses", "ListCommitsDiffs", "ListIssues", "ListOwners"],
  ...["ListPullRequestComments", "ListPullRequestCommits", "ListPullRequestDiffs", "ListPullRequests"],
  ...["ListRepositories", "StartUploadArchiveToS3"],
];
const WRITING = [
  ...["CreateBranch", "CreateCommit", "CreateCommitStatus", "CreatePullRequest", "CreatePullRequestComment"],
  ...["CreatePullRequestDiffComment", "CreateRepository", "DeleteRepository", "GitPush", "UpdatePullRequest"],
];

/** The keys of a call of CodePipeline or CodeBuild for acme/shop and main, each of which may be missing. */
const OF_PIPELINES = {
  ProviderAction: [undefined, "GetBranch", "StartUploadArchiveToS3", "GetUploadArchiveToS3Status", "GitPull"],
  FullRepositoryId: [undefined, "acme/shop"],
  BranchName: [undefined, "main"],
  ProviderPermissionsRequired: [undefined, "read_only"],
  OwnerId: [undefined, "acme"],
  RepositoryName: [undefined, "shop"],
};
const OF_ALL = {
  ProviderAction: [undefined, ...READING, ...WRITING],
  FullRepositoryId: [undefined, "acme/shop", "acme/shop-2", "acme/group/shop", "ACME/shop", "other/shop"],
  BranchName: [undefined, "main", "release/1", "mainline"],
  ProviderPermissionsRequired: [undefined, "read_only", "read_write"],
  OwnerId: [undefined, "other"],
  RepositoryName: [undefined, "other"],
};
/** What another connection is used for, in few words. */
const OF_OTHERS = { FullRepositoryId: [undefined, "acme/shop", "acme/service-0"], BranchName: [undefined, "main"] };

const fleetOf = (count: number) => Array.from({ length: count }, (_, index) => `acme/service-${index}`);
/** As many repositories as ten policies hold. */
const MOST = largest((count) => {
  const connection = { connectionArn: "${aws_codestarconnections_connection.x.arn}" } as IConnection;
  return pack(accessesOf([{ connection, repositories: fleetOf(count) }]), MANAGED_POLICY_SIZE).length <= 10;
});

const FLEETS = [1, 10, 200, MOST];
const fleetRole = (count: number) => `fleet-${FLEETS.indexOf(count)}`;
const ROLES = [...MODES.map(({ role }) => role), ...FLEETS.map(fleetRole), "activator"];

/** Owns the roles and the bucket; what uses them knows their names only. */
function rolesStack(): TerraformStack {
  const stack = newStack();
  for (const name of ROLES) new IamRole(stack, name, { name, assumeRolePolicy: TRUST });
  new S3Bucket(stack, "Artifacts", { bucket: "artifacts-of-pipelines", forceDestroy: true });
  new IamRole(stack, "deployer", { name: "deployer", assumeRolePolicy: TRUST });
  const existingConnections = [Connection.fromConnectionArn(stack, "Shared", SHARED)];
  const variants = [{ existingConnections }, { policyPath: "/pipelines/" }, { inline: true }];
  for (const [index, variant] of variants.entries()) {
    const { arn: policyArn } = new IamPolicy(stack, `deployer-policy-${index}`, {
      policy: ConnectionPolicyDocument.forDeployer({
        ...{ accountId: ACCOUNT, region: "us-east-1", managesHosts: true, ...variant },
        // A role with no path may be named.
        ...{
          pipelineRoles: ROLES.map((role, index) => (index % 2 === 0 ? role : roleArn(role))),
          buildRoles: ["build"],
        },
      }),
    });
    new IamRolePolicyAttachment(stack, `deployer-attachment-${index}`, { role: "deployer", policyArn });
  }
  new IamRole(stack, "bounded-deployer", { name: "bounded-deployer", assumeRolePolicy: TRUST });
  for (const [index, inline] of [true, false].entries()) {
    const roles = { pipelineRoles: ["pipeline"], permissionsBoundary: BOUNDARY };
    const { arn: policyArn } = new IamPolicy(stack, `bounded-policy-${index}`, {
      policy: ConnectionPolicyDocument.forDeployer({ accountId: ACCOUNT, region: "us-east-1", inline, ...roles }),
    });
    new IamRolePolicyAttachment(stack, `bounded-attachment-${index}`, { role: "bounded-deployer", policyArn });
  }
  return stack;
}

/** Everything that this library makes, in a version after which nothing stays the same that can change. */
function stackOf({ version }: { readonly version: 1 | 2 }): TerraformStack {
  const stack = newStack();
  const tags = { version: `v${version}`, [`only-${version}`]: "" };
  const settings = { policyPath: "/pipelines/" };
  const connection = new Connection(stack, "Ours", { name: "ours", providerType: ProviderType.BITBUCKET, tags });
  for (const resourceFamily of Object.values(ResourceFamily)) {
    const isNewer = resourceFamily === ResourceFamily.CODECONNECTIONS;
    const host = new ConnectionHost(stack, `Host-${resourceFamily}`, {
      name: `host-${resourceFamily.slice(0, 8)}`,
      providerType: ProviderType.GITLAB_SELF_MANAGED,
      // The provider never finishes a change of the newer one.
      providerEndpoint: `https://git.example.com/${isNewer ? 1 : version}`,
      resourceFamily,
      ...(isNewer && { tags }),
    });
    new Connection(stack, `Hosted-${resourceFamily}`, {
      name: `h-${resourceFamily.slice(0, 8)}`,
      host,
      resourceFamily,
      tags,
    });
  }
  new TerraformOutput(stack, "ByHandArn", {
    value: Connection.fromConnectionName(stack, "ByHand", BY_HAND).connectionArn,
  });
  new TerraformVariable(stack, "Variable", { type: "string", default: "acme/shop" }).overrideLogicalId("repository");

  const policy = ConnectionPolicyDocument.forUse({ grants: [{ connection, ...LIMITS }] });
  new IamRolePolicy(stack, "OwnPolicy", { role: "own-policy", policy });
  for (const { role, grant, inline } of OF_POLICIES) {
    new ConnectionPolicy(stack, role, {
      ...{ grants: [{ connection, ...grant }], roles: [role], inline },
      ...(!inline && { ...settings, tags }),
    });
  }
  for (const count of FLEETS) {
    const repositories = fleetOf(count === 200 ? 199 + version : count);
    const roles = [fleetRole(count)];
    new ConnectionPolicy(stack, fleetRole(count), { grants: [{ connection, repositories }], roles, ...settings });
  }
  addPipeline(stack, connection);

  const hosts = [
    ConnectionHost.fromHostArn(stack, "HostByHand", `arn:aws:codeconnections:us-east-1:${ACCOUNT}:host/ghes-1`),
  ];
  const { arn: policyArn } = new IamPolicy(stack, "Activator", {
    name: "activator",
    policy: ConnectionPolicyDocument.forActivator({ connections: [connection], hosts }),
  });
  new IamRolePolicyAttachment(stack, "ActivatorAttachment", { role: "activator", policyArn });
  return stack;
}

function addPipeline(stack: TerraformStack, connection: IConnection): void {
  const source = new PipelineSource(stack, "Source", {
    ...{ connection, repository: "acme/shop", branch: "main", outputFormat: OutputFormat.CODEBUILD_CLONE_REF },
    ...{ pipelineRoles: [roleArn("pipeline")], buildRoles: ["build"], scopeToRepositories: true, readOnly: true },
    buildRepositories: ["acme/shop-2"],
  });
  new Codepipeline(stack, "Pipeline", {
    ...{ name: "shop", roleArn: roleArn("pipeline"), pipelineType: "V2" },
    artifactStore: [{ location: "artifacts-of-pipelines", type: "S3" }],
    stage: [source.stage, APPROVE],
    dependsOn: source.dependencies,
  });
}

describeOnTerraform("the permissions", () => {
  const account = accountOfSuite();
  let roles: TerraformProject;
  let project: TerraformProject;
  let ours: string;
  let others: string[];
  let rest: { readonly action: string; readonly takesNone: boolean }[];
  /** What Terraform called for the project, without the roles' one. */
  const made: Call[] = [];
  const recorded = async <Result>(work: Promise<Result>): Promise<Result> => {
    const from = account().calls.length;
    const result = await work;
    made.push(
      ...account()
        .calls.slice(from)
        .filter(({ error }) => error === undefined),
    );
    return result;
  };
  const calls = (from = 0) => made.slice(from);

  beforeAll(async () => {
    const byHand = account().createByHand({ name: BY_HAND, providerType: "Bitbucket", region: "us-east-1" });
    roles = await projectOf(rolesStack(), account());
    expect(await roles.apply()).toMatchObject({ exitCode: 0 });
    project = await projectOf(stackOf({ version: 1 }), account());
    const { output } = await recorded(project.apply());
    expect(output).toMatch(/Apply complete!/);

    const { connections } = account().services.codestarConnections.store;
    ours = [...connections.values()].find(({ name }) => name === "ours")?.arn ?? "";
    others = [byHand, ours.replace(ACCOUNT, "210987654321"), ours.replace(/.$/, (end) => (end === "0" ? "1" : "0"))];
    rest = (await actionsOf(...PREFIXES, "iam", "sts", "s3", "codepipeline")).filter(
      // To use connections is what the roles are for; who one is, everyone may ask.
      ({ action }) => !/:(UseConnection|GetCallerIdentity)$/.test(action),
    );
  }, 300_000);
  afterAll(() => {
    for (const made of [project, roles]) (made as TerraformProject | undefined)?.remove();
  });

  /** Requests to use a connection, through both prefixes, with the keys that each has. */
  function* uses(
    resource: string,
    keys: { readonly [key: string]: readonly (string | undefined)[] },
  ): Generator<Request> {
    for (const prefix of PREFIXES) {
      for (const context of combinations(keys)) {
        const named = Object.entries(context).map(([key, value]) => [`${prefix}:${key}`, value] as const);
        yield { action: `${prefix}:UseConnection`, resource, context: Object.fromEntries(named) };
      }
    }
  }

  /** Requests for everything else: on our connection, on those of others, on roles and buckets. */
  function* anything(): Generator<Request> {
    for (const resource of others) yield* uses(resource, OF_OTHERS);
    const resources = [ours, ...others, roleArn("pipeline"), "arn:aws:s3:::artifacts-of-pipelines/key"];
    for (const { action, takesNone } of rest) {
      for (const resource of takesNone ? ["*"] : resources) yield { action, resource, context: {} };
    }
  }

  const found = (
    role: string,
    requests: Iterable<Request>,
    shouldBeAllowed: (request: Request) => boolean,
  ): Findings => {
    const findings = evaluate(account().services.iam.rolePolicies(role), requests, shouldBeAllowed);
    report(role, findings);
    return findings;
  };
  const FLAWLESS = { missing: [], needless: [] };

  test.each(MODES)("of the role $role allow what pipelines do, in each form that it may have", ({ role }) => {
    expect(found(role, uses(ours, OF_PIPELINES), () => true)).toMatchObject({ ...FLAWLESS, allowed: 2 * 5 * 2 ** 5 });
  });

  test.each(MODES)("of the role $role allow nothing beyond its grant", (mode) => {
    const { role, repositories, branches, reads, getsToken = false } = mode;
    const within = ({ context, action }: Request): boolean => {
      const key = (name: string): string | undefined => context[`${action.replace(/:.*/, "")}:${name}`];
      const [repository, branch] = [key("FullRepositoryId"), key("BranchName")];
      return (
        (repository === undefined || !repositories || repositories.includes(repository)) &&
        (branch === undefined || !branches || branches.includes(branch)) &&
        !(
          reads &&
          (key("ProviderPermissionsRequired") === "read_write" || WRITING.includes(key("ProviderAction") ?? ""))
        )
      );
    };

    const isToken = ({ action, resource }: Request): boolean =>
      resource === ours && /:(GetConnection|GetConnectionToken)$/.test(action);

    expect(found(role, uses(ours, OF_ALL), within)).toMatchObject(FLAWLESS);
    expect(found(role, anything(), (request) => getsToken && isToken(request))).toMatchObject(FLAWLESS);
  });

  test.each(FLEETS)("of a role for %d repositories allow each of them, and no other one", (count) => {
    const policies = account().services.iam.rolePolicies(fleetRole(count));
    const FullRepositoryId = [
      undefined,
      ...fleetOf(count),
      `acme/service-${count}`,
      "acme/service-",
      "other/service-0",
    ];
    const allowed = new Set([undefined, ...fleetOf(count)]);

    const findings = evaluate(policies, uses(ours, { FullRepositoryId }), ({ context }) =>
      allowed.has(Object.values(context)[0]),
    );
    report(`${count} repositories in ${policies.length} policies`, findings);
    expect(findings).toMatchObject({ ...FLAWLESS, allowed: 2 * (count + 1) });
    const beyond = found(fleetRole(count), anything(), () => false);
    expect(beyond).toMatchObject(FLAWLESS);
  });

  test("of as many repositories as ten policies hold fill ten policies, and one more is refused", () => {
    expect(account().services.iam.rolePolicies(fleetRole(MOST))).toHaveLength(10);
    const stack = newStack();
    const connection = new Connection(stack, "Ours", { providerType: ProviderType.BITBUCKET });
    const grants = [{ connection, repositories: fleetOf(MOST + 1) }];

    expect(() => new ConnectionPolicy(stack, "Fleet", { grants, roles: ["fleet"] })).toThrow(
      /the role "fleet" would have 11 managed policies .*; the limit is 10\./,
    );
  });

  test("of the activator allow what the console does, on its connection", () => {
    const ofConnection = ["GetConnection", "UpdateConnectionInstallation", "UseConnection"];
    const handshake = [
      ...["GetIndividualAccessToken", "GetInstallationUrl", "ListInstallationTargets", "StartOAuthHandshake"],
      ...["ListHosts", "RegisterAppCode", "StartAppRegistrationHandshake"],
    ];
    const registrations = ["RegisterAppCode", "StartAppRegistrationHandshake"].flatMap((name) =>
      PREFIXES.flatMap((prefix) =>
        ["ghes-1", "ghes-2"].map((host) => ({
          ...{ action: `${prefix}:${name}`, resource: "*" },
          context: { [`${prefix}:HostArn`]: `arn:aws:codeconnections:us-east-1:${ACCOUNT}:host/${host}` },
        })),
      ),
    );
    const beside = others.filter((arn) => arn.startsWith(ours.replace(/[^/]*$/, "")));
    const expected = ({ action, resource, context }: Request): boolean => {
      const [prefix = "", name = ""] = action.split(":");
      if (!PREFIXES.includes(prefix) || context[`${prefix}:HostArn`]?.endsWith("ghes-2")) return false;
      return (
        handshake.includes(name) ||
        (resource === ours && ofConnection.includes(name)) ||
        ([ours, ...beside].includes(resource) && name === "ListConnections")
      );
    };

    expect(found("activator", [...anything(), ...uses(ours, {}), ...registrations], expected)).toMatchObject(FLAWLESS);
  });

  test("plan to change nothing", async () => {
    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: false });
  });

  test("change in place, one policy of a fleet for a repository more", async () => {
    const from = made.length;
    project.write(Testing.synth(stackOf({ version: 2 }), true));
    const { output } = await recorded(project.apply());

    expect(output).toMatch(/Apply complete! Resources: 0 added, \d+ changed, 0 destroyed/);
    const versions = calls(from).filter(({ operation }) => operation === "CreatePolicyVersion");
    expect(versions).toHaveLength(1);
    expect(String(versions[0]?.input.PolicyDocument)).toContain("acme/service-200");
    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: false });
  });

  test("leave the roles to the stack that owns them", async () => {
    const managed = JSON.stringify(await project.plannedChanges());

    expect(managed).not.toContain('"aws_iam_role"');
    expect(await roles.plan()).toMatchObject({ exitCode: 0, changes: false });
  });

  test("are destroyed in order: the pipeline, attachments, policies, and the connection", async () => {
    const from = made.length;
    expect(await recorded(project.destroy())).toMatchObject({ exitCode: 0 });

    const order = calls(from);
    const at = (operation: string, holds: (input: Call["input"]) => boolean = () => true): number =>
      order.findIndex((call) => call.operation === operation && holds(call.input));
    const pipeline = at("DeletePipeline");
    const connection = at("DeleteConnection", ({ ConnectionArn }) => ConnectionArn === ours);
    const deletions = order.filter(({ operation }) => operation === "DeletePolicy");
    expect(pipeline).toBeGreaterThan(-1);
    expect(at("DetachRolePolicy", ({ RoleName }) => RoleName === "pipeline")).toBeGreaterThan(pipeline);
    expect(at("DetachRolePolicy", ({ RoleName }) => RoleName === "build")).toBeGreaterThan(pipeline);
    expect(deletions).toHaveLength(made.filter(({ operation }) => operation === "CreatePolicy").length);
    for (const { input } of deletions) {
      const isIt = ({ PolicyArn }: Call["input"]) => PolicyArn === input.PolicyArn;
      expect(at("DeletePolicy", isIt)).toBeGreaterThan(at("DetachRolePolicy", isIt));
      expect(at("DeletePolicy", isIt)).toBeLessThan(connection);
    }
    const inline = order.map(({ operation }) => operation).lastIndexOf("DeleteRolePolicy");
    expect(inline).toBeGreaterThan(-1);
    expect(inline).toBeLessThan(connection);
    expect(await roles.plan()).toMatchObject({ exitCode: 0, changes: false });
  });

  test("of the deployer allow every call that Terraform made, and no action that it did not", () => {
    const requests = calls().flatMap(requestsOf);
    const policies = account().services.iam.rolePolicies("deployer");

    const findings = evaluate(policies, requests, () => true);
    report("deployer, calls of Terraform", findings);
    expect(findings.missing).toEqual([]);
    const called = new Set(requests.map(({ action }) => action));
    const granted = policies.flatMap(({ document }) =>
      (JSON.parse(document) as { Statement: { Action: string | string[] }[] }).Statement.flatMap(
        ({ Action }) => Action,
      ),
    );
    // To pass is no call, but asked for when a pipeline is made; a change of a newer host is one that the provider repeats
    // for ever, so none is made here.
    const uncalled = granted.filter((action) => !called.has(action) && !/:Pass(Connection|Role)$/.test(action));
    expect([...new Set(uncalled)]).toEqual(["codeconnections:UpdateHost"]);
  });

  test("of the deployer allow each of its actions on the library's own, and nothing else", () => {
    const own = {
      connection: [ours, ours.replace("codestar-connections", "codeconnections")],
      host: PREFIXES.map((prefix) => `arn:aws:${prefix}:us-east-1:${ACCOUNT}:host/ghes-1`),
      policy: ["", "pipelines/"].map((path) => `arn:aws:iam::${ACCOUNT}:policy/${path}use-connections-1`),
      role: [roleArn("pipeline"), roleArn("build")],
      existing: [SHARED],
    };
    const foreign = [
      SHARED.replace("0c8b", "1111"),
      ...[...own.connection, ...own.host].flatMap((arn) => [
        arn.replace("us-east-1", "us-west-2"),
        arn.replace(ACCOUNT, "210987654321"),
      ]),
      ...[`arn:aws:iam::${ACCOUNT}:policy/admin`, `arn:aws:iam::210987654321:policy/use-connections-1`],
      ...[roleArn("admin"), roleArn("pipeline").replace(ACCOUNT, "210987654321"), "arn:aws:s3:::another/key"],
    ];
    const contexts: readonly Request["context"][] = [
      {},
      ...["codepipeline.amazonaws.com", "ec2.amazonaws.com"].map((service) =>
        Object.fromEntries(["iam", ...PREFIXES].map((prefix) => [`${prefix}:PassedToService`, service])),
      ),
      ...[own.policy[0] ?? "", "arn:aws:iam::aws:policy/AdministratorAccess"].map((arn) => ({ "iam:PolicyARN": arn })),
    ];
    const requests = rest.flatMap(({ action, takesNone }) =>
      (takesNone ? ["*"] : [...Object.values(own).flat(), ...foreign]).flatMap((resource) =>
        contexts.map((context) => ({ action, resource, context })),
      ),
    );
    const expected = ({ action, resource, context }: Request): boolean => {
      const [service = "", name = ""] = action.split(":");
      const kind = Object.entries(own).find(([, arns]) => arns.includes(resource))?.[0] ?? resource;
      const passed = context[`${service}:PassedToService`] === "codepipeline.amazonaws.com";
      const allowed: { readonly [kind: string]: readonly string[] } = PREFIXES.includes(service)
        ? {
            "*": ["CreateConnection", "CreateHost"],
            connection: [
              ...["GetConnection", "DeleteConnection", "ListTagsForResource", "TagResource", "UntagResource"],
              ...(service === "codestar-connections" ? ["ListConnections"] : []),
              ...(passed ? ["PassConnection"] : []),
            ],
            existing: ["GetConnection", "ListTagsForResource", ...(passed ? ["PassConnection"] : [])],
            host: ["GetHost", "UpdateHost", "DeleteHost", "ListTagsForResource", "TagResource", "UntagResource"],
          }
        : {
            policy: [
              ...["CreatePolicy", "GetPolicy", "DeletePolicy", "TagPolicy", "UntagPolicy", "ListPolicyTags"],
              ...["CreatePolicyVersion", "GetPolicyVersion", "ListPolicyVersions", "DeletePolicyVersion"],
            ],
            role: [
              ...["ListAttachedRolePolicies", "PutRolePolicy", "GetRolePolicy", "DeleteRolePolicy"],
              ...(passed ? ["PassRole"] : []),
              ...(own.policy.includes(context["iam:PolicyARN"] ?? "") ? ["AttachRolePolicy", "DetachRolePolicy"] : []),
            ],
          };
      return (service === "iam" || PREFIXES.includes(service)) && (allowed[kind] ?? []).includes(name);
    };

    const findings = found("deployer", requests, expected);
    expect(findings).toMatchObject(FLAWLESS);
    expect(findings.allowed).toBeGreaterThan(100);
  });

  test("of a deployer of bounded roles let it write into none without the boundary, nor change what bounds them", () => {
    const ofRoles = rest.filter(({ action }) => /^iam:.*(Role|Boundary)/.test(action)).map(({ action }) => action);
    const ours = `arn:aws:iam::${ACCOUNT}:policy/use-connections-1`;
    const contexts = [
      ...combinations({
        "iam:PermissionsBoundary": [undefined, BOUNDARY, `${BOUNDARY}-of-others`],
        "iam:PolicyARN": [undefined, ours, "arn:aws:iam::aws:policy/AdministratorAccess"],
      }),
    ];
    const requests = ofRoles.flatMap((action) =>
      [roleArn("pipeline"), roleArn("build")].flatMap((resource) =>
        contexts.map((context) => ({ action, resource, context })),
      ),
    );
    const expected = ({ action, resource, context }: Request): boolean => {
      if (resource !== roleArn("pipeline")) return false;
      if (/:(ListAttachedRolePolicies|GetRolePolicy)$/.test(action)) return true;
      if (context["iam:PermissionsBoundary"] !== BOUNDARY) return false;
      return /:(Put|Delete)RolePolicy$/.test(action)
        ? true
        : /:(Attach|Detach)RolePolicy$/.test(action) && context["iam:PolicyARN"] === ours;
    };

    const findings = found("bounded-deployer", requests, expected);
    expect(findings).toMatchObject(FLAWLESS);
    expect(findings.allowed).toBeGreaterThan(10);
  });

  test("leave nothing behind", async () => {
    expect(await roles.destroy()).toMatchObject({ exitCode: 0 });
    expect(account().inventory()).toEqual([others[0]]);
  });
});

/** What a call asks IAM for; nothing where it is not this library's business. */
function requestsOf({ service, operation, input }: Call): Request[] {
  const action = `${service}:${operation}`;
  const of = (resource: string, context: Request["context"] = {}): Request[] => [{ action, resource, context }];
  if (PREFIXES.includes(service)) {
    const arn = input.ConnectionArn ?? input.HostArn ?? input.ResourceArn;
    if (operation === "CreateConnection" || operation === "CreateHost") return of("*");
    return of(String(arn ?? `arn:aws:${service}:us-east-1:${ACCOUNT}:connection/any`));
  }
  const { RoleName, PolicyArn, PolicyName } = input;
  if (
    service !== "iam" ||
    RoleName === "activator" ||
    [PolicyArn, PolicyName].some((name) => String(name).includes("activator"))
  ) {
    return [];
  }
  if (RoleName !== undefined) {
    return of(roleArn(String(RoleName)), PolicyArn === undefined ? {} : { "iam:PolicyARN": String(PolicyArn) });
  }
  return of(String(PolicyArn ?? `arn:aws:iam::${ACCOUNT}:policy${String(input.Path)}${String(PolicyName)}`));
}

function roleArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:role/${name}`;
}
