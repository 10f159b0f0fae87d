import type { CodepipelineStageAction } from "@cdktf/provider-aws/lib/codepipeline";
import { type ITerraformDependable, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { IConnection } from "../connection/connection-base";
import { accessesOf, type ConnectionGrant } from "../permissions/connection-grant";
import { ConnectionPolicy } from "../permissions/connection-policy";
import type { PipelineSourceProps } from "./pipeline-source";
import { OutputFormat } from "../codepipeline/output-format";
import type { SourceAction } from "../source/source-action";
import { Inspection } from "../validation/inspection";
import { given } from "../validation/validation-error";

/** The policies that a source works with: its own, or one that it was given. */
export interface Permissions {
  readonly policy: ConnectionPolicy;
  /** The build roles', where they need less than the pipeline's. */
  readonly buildPolicy?: ConnectionPolicy;
  readonly dependencies: ITerraformDependable[];
}

/** Lets the pipeline's roles use what the source actions pull, and the build roles what they clone. */
export function permissionsOf(
  scope: Construct,
  actions: readonly SourceAction[],
  props: PipelineSourceProps,
): Permissions {
  const { pipelineRoleNames = [], buildRoleNames = [], inlinePolicies: inline, provider } = props;
  const grants = actions.map((action) => grantOf(action, props));
  const cloned = actions
    // A format that only Terraform knows may be a full clone.
    .filter(({ outputFormat }) => outputFormat !== OutputFormat.CODE_ZIP)
    .map((action) => grantOf(action, props));
  const make = (id: string, some: ConnectionGrant[], roleNames: string[]): ConnectionPolicy =>
    new ConnectionPolicy(scope, id, { grants: some, roleNames, inline, provider });

  const builders = cloned.length > 0 ? buildRoleNames : [];
  const together = props.policy === undefined && accessesOf(cloned).length === accessesOf(grants).length;
  const policy = props.policy ?? make("Policy", grants, [...pipelineRoleNames, ...(together ? builders : [])]);
  const others = policy._without(scope, builders);
  const buildPolicy = others.length > 0 ? make("BuildPolicy", cloned, others) : undefined;
  return { policy, buildPolicy, dependencies: [...waitFor(scope, policy), ...(buildPolicy?.dependencies ?? [])] };
}

/** What of a source action says what it pulls. */
export interface Pulled {
  readonly connection: IConnection;
  readonly action: CodepipelineStageAction;
  readonly trigger?: unknown;
}

/** What a given policy does not allow of what the source actions pull, as sentences. */
export function missingIn(policy: ConnectionPolicy | undefined, actions: readonly Pulled[]): string[] {
  if (policy === undefined) return [];
  return actions
    .filter(({ connection, action, trigger }) => {
      const { FullRepositoryId = "", BranchName = "" } = action.configuration ?? {};
      // With a trigger, the branch serves manual starts only.
      const branches = trigger === undefined ? [BranchName] : [];
      return !policy._allows({ connection, repositories: [FullRepositoryId], branches });
    })
    .map(({ connection, action }) => {
      const { FullRepositoryId, BranchName } = action.configuration ?? {};
      return (
        `policy does not allow ${given(FullRepositoryId)} (branch ${given(BranchName)}) through ` +
        `${connection.node.path}, which the source action ${given(action.name)} pulls: add it to the grants of ` +
        `${policy.node.path}, in the same case`
      );
    });
}

function grantOf({ connection, action }: SourceAction, props: PipelineSourceProps): ConnectionGrant {
  const { FullRepositoryId = "" } = action.configuration ?? {};
  const repositories = props.scopeToRepositories ? [FullRepositoryId] : undefined;
  return { connection, repositories, readOnly: props.readOnly };
}

/** What a pipeline must wait for. No resource can wait for one of another stack, but the whole stack can. */
function waitFor(scope: Construct, policy: ConnectionPolicy): ITerraformDependable[] {
  const [own, other] = [TerraformStack.of(scope), TerraformStack.of(policy)];
  if (own === other) return policy.dependencies;
  new Inspection()
    .fact(
      `policy is in the stack ${other.node.path}, which depends on this one: make it in the stack of the roles, before ` +
        "the stacks that use it",
      !dependsOn(other, own),
    )
    .throwIfBroken(scope.node.path);
  own.addDependency(other);
  return [];
}

/** The stack's own `dependsOn` follows every path anew, of which layered stacks have very many. */
function dependsOn(stack: TerraformStack, on: TerraformStack, seen = new Set<TerraformStack>()): boolean {
  if (stack === on) return true;
  if (seen.has(stack)) return false;
  seen.add(stack);
  return stack.dependencies.some((next) => dependsOn(next, on, seen));
}
