import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import type { Construct } from "constructs";
import {
  ActivationGate,
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  GitPullRequestFilter,
  GitPushFilter,
  type IConnection,
  PipelineSource,
  ProviderType,
  SourceAction,
  Trigger,
} from "../../src";
import { Values } from "./program-values";
import type { Filter, Program } from "./programs";

/** A connection that exists already, and is found by this name. */
export const EXISTING = { name: "ByHand", providerType: "Bitbucket", region: "us-east-1" };

/** Makes what the program says, in a place of its own; `existing` is the ARN of the connection that exists already. */
export function make(scope: Construct, program: Program, existing: string): void {
  const values = new Values(scope, program);
  const connection = connectionOf(scope, program, values, existing);
  const actions = [program.action, ...program.more].map((some, index) => ({
    ...values.of(some),
    ...{
      connection,
      actionName: `Source${index}`,
      ...(index === 0 && { trigger: triggerOf(program.triggers, values) }),
    },
  }));
  const [first, ...others] = actions.map((props): object => values.at("action", props, ["connection", "trigger"]));
  const additionalActions = others.map((props, index) =>
    values.at(`source.additionalActions[${index}]`, new SourceAction(props as never)),
  );
  const source = new PipelineSource(
    scope,
    "Source",
    values.at(
      "source",
      {
        ...first,
        ...values.of(program.source),
        ...(additionalActions.length > 0 && { additionalActions }),
      },
      ["connection", "policy", "provider", "additionalActions"],
    ),
  );
  if (program.policy) {
    const { repositories, branches, readOnly, ...rest } = values.of(program.policy);
    const grant = values.at("policy.grants[0]", { connection, repositories, branches, readOnly }, ["connection"]);
    const props = values.at("policy", { ...rest, grants: [grant] }, ["grants", "provider"]);
    new ConnectionPolicy(scope, "Policy", props);
  }
  const gate = program.gate
    ? new ActivationGate(scope, "Gate", values.at("gate", { connection }, ["connection", "provider"])).dependencies
    : [];
  new Codepipeline(scope, "Pipeline", {
    ...{ name: scope.node.id, roleArn: "arn:aws:iam::123456789012:role/pipeline", pipelineType: "V2" },
    artifactStore: [{ location: "artifacts", type: "S3" }],
    stage: [
      source.stage,
      {
        name: "Approval",
        action: [{ name: "Approval", category: "Approval", owner: "AWS", provider: "Manual", version: "1" }],
      },
    ],
    trigger: source.triggers,
    dependsOn: [...source.dependencies, ...gate],
  });
}

function connectionOf(scope: Construct, program: Program, values: Values, existing: string): IConnection {
  const host = hostOf(scope, program, values);
  const known = Object.entries(values.of(program.existing));
  const without = (name: string): object => Object.fromEntries(known.filter(([property]) => property !== name));
  if (program.by === "arn") {
    const options = values.at("existing", without("resourceFamily"), ["provider"]);
    return Connection.fromConnectionArn(scope, "Connection", values.at("arn", existing), options);
  }
  if (program.by === "name") {
    const options = values.at("existing", without("readStatus"), ["provider"]);
    return Connection.fromConnectionName(scope, "Connection", values.at("name", EXISTING.name), options);
  }
  const type = host === undefined ? { providerType: ProviderType.BITBUCKET } : { host };
  const props = { ...type, ...values.of(program.connection) };
  return new Connection(scope, "Connection", values.at("connection", props, ["host", "provider"]));
}

function hostOf(scope: Construct, program: Program, values: Values): ConnectionHost | undefined {
  if (!program.host) return undefined;
  const { vpcConfiguration, ...props } = values.of(program.host);
  const isVpc = typeof vpcConfiguration === "object" && vpcConfiguration !== null && "vpcId" in vpcConfiguration;
  const members = ["vpcId", "subnetIds", "securityGroupIds", "tlsCertificate"];
  const vpc = isVpc ? values.at("host.vpcConfiguration", vpcConfiguration, members) : vpcConfiguration;
  const all = vpc === undefined ? props : { ...props, vpcConfiguration: vpc };
  return new ConnectionHost(scope, "Host", values.at("host", all, ["provider"]));
}

function triggerOf(filters: readonly Filter[], values: Values): Trigger | undefined {
  if (filters.length === 0) return undefined;
  const criteriaOf = ({ names }: Filter): never => values.at("criteria", values.of(names));
  const optionsOf = ({ filePaths, events }: Filter): never =>
    values.at("options", {
      ...(filePaths && { filePaths: values.of(filePaths) }),
      ...(events && { events: events.value }),
    });
  const pushes = filters.filter(({ on }) => on !== "pull request");
  const others = filters.filter((each) => !pushes.includes(each));
  return Trigger.onPushOrPullRequest(
    values.at(
      "push",
      pushes.map((each) =>
        each.on === "tags"
          ? GitPushFilter.tags(criteriaOf(each))
          : GitPushFilter.branches(criteriaOf(each), optionsOf(each)),
      ),
    ),
    values.at(
      "pull requests",
      others.map((each) => GitPullRequestFilter.branches(criteriaOf(each), optionsOf(each))),
    ),
  );
}
