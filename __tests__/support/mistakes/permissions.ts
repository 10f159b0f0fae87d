import { ConnectionPolicyDocument } from "../../../src";
import { ARN, deployer, existing, grant, type Mistake, policy, TYPES } from "./making";

export const connectionPolicy: readonly Mistake[] = [
  ...[
    { grants: [] },
    { grants: undefined },
    { grants: ["acme/*"] },
    { grants: [{}] },
    { roles: [] },
    { roles: undefined },
    { roles: ["a b"] },
  ].map(policy),
  ...[
    { inline: 1 },
    { managedPoliciesPerRole: 26 },
    { description: "中" },
    { policyPath: "pipelines" },
    { tags: 1 },
  ].map(policy),
  policy({ inline: true, policyPath: "/a/", description: "a", tags: {}, managedPoliciesPerRole: 10 }),
  ...[
    { repositories: [] },
    { repositories: ["shop"] },
    { repositories: ["acme/*?"] },
    { branches: [] },
    { branches: ["ü\u0100"] },
  ].map(grant),
  ...[{ branches: [""] }, { readOnly: 1 }, { repositories: "acme/*" }, { codeBuildSource: 1 }].map(grant),
  grant({ codeBuildSource: true, repositories: ["acme/shop"], readOnly: true }),
  ...[{ brnch: ["main"] }, { repos: ["acme/shop"] }, { branch: ["main"] }, { users: ["me"] }].map(grant),
  ...TYPES.map(
    (type): Mistake =>
      (stack) =>
        grant({ connection: existing(stack, type), repositories: ["https://git.example.com/acme/shop"] })(stack, stack),
  ),
  policy({ roles: ["arn:aws:iam::123456789012:role/pipeline", "arn:aws:iam::111122223333:role/pipeline"] }),
  grant({ branches: Array.from({ length: 400 }, (_, index) => `release/${index}/with-a-long-name`) }),
  (stack) => {
    const repositories = Array.from({ length: 2000 }, (_, index) => `acme/service-with-a-long-name-${index}`);
    return grant({ repositories })(stack, stack);
  },
  (stack) => {
    const repositories = Array.from({ length: 400 }, (_, index) => `acme/service-with-a-long-name-${index}`);
    return policy({ grants: [{ connection: existing(stack), repositories }], inline: true })(stack, stack);
  },
];

export const connectionPolicyDocument: readonly Mistake[] = [
  () => ConnectionPolicyDocument.forActivator({}),
  () => ConnectionPolicyDocument.forActivator({ connection: [] } as object),
  () => ConnectionPolicyDocument.forActivator({ connections: [ARN as never], hosts: "git" as never }),
  ...[
    { accountId: "1234" },
    { accountId: undefined },
    { region: "here" },
    { partition: "amazon" },
    { managesHosts: 1 },
  ].map(deployer),
  ...[{ pipelineRoles: [] }, { buildRoles: ["a b"] }, { inline: "no" }, { policyPath: "a b" }].map(deployer),
  deployer({ inline: true, policyPath: "/a/" }),
  ...[
    { pipelineRoles: ["arn:aws:iam::123456789012:role/*"] },
    {
      pipelineRoles: ["arn:aws:iam::210987654321:role/pipeline"],
      buildRoles: ["arn:aws-cn:iam::123456789012:role/build"],
    },
    { pipelineRoles: ["arn:aws:iam::123456789012:role/?*"] },
    { permissionsBoundary: "boundary", existingConnections: ["arn"] },
    { permissionsBoundary: "arn:aws:iam::210987654321:policy/boundary" },
    { permissionsBoundary: "arn:aws:iam::123456789012:policy/use-connections-boundary" },
  ].map(deployer),
  (stack) =>
    ConnectionPolicyDocument.forDeployer({
      ...{ accountId: "123456789012", region: "us-gov-west-1", pipelineRoles: ["pipeline"] },
      existingConnections: [existing(stack)],
    }),
];
