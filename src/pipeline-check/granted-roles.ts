import type { TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import { accountsOf, isBeside, providerOf } from "../aws-provider/bound-provider";
import { OutputFormat } from "../codepipeline/enums";
import { BUILDS, GUIDE } from "../codepipeline/limits";
import { literalIfKnown } from "../terraform/expression";
import { originIn } from "../terraform/reference";
import { labelOf, type ReadAction, type ReadPipeline, typeOf } from "./pipeline-model";
import type { PipelineRule } from "./pipeline-rule";
import { attributesOf } from "./read-pipeline";
import { differ, type Role, roleIn } from "./roles";
import { type Granted, wiringOf } from "./wiring";

type Provided = IConstruct & { readonly provider?: TerraformProvider };

const pipelineHasThePermission: PipelineRule = {
  id: "pipeline-role",
  sentence: "the role of a pipeline is one that its PipelineSource grants the permission to",
  see: `${GUIDE}/how-to-custom-role.html`,
  broken: (pipeline) => {
    const source = pipeline.sources.find(({ roleArn }) => !isGiven(roleArn));
    const granted = source && wiringOf(pipeline, source)?.needs?.pipelineRoles;
    if (granted === undefined) return [];
    const role = roleIn(pipeline.construct, pipeline.roleArn, pipeline.resources);
    return role ? told(pipeline, granted, role, () => `the pipeline runs as ${role.label()}`) : [];
  },
};

const sourcesHaveThePermission: PipelineRule = {
  id: "source-action-role",
  sentence: "the role of a source action is one that its PipelineSource grants the permission to",
  see: `${GUIDE}/how-to-custom-role.html`,
  broken: (pipeline) =>
    pipeline.sources
      .filter(({ roleArn }) => isGiven(roleArn))
      .flatMap((source) => {
        const granted = wiringOf(pipeline, source)?.needs?.pipelineRoles;
        if (granted === undefined) return [];
        const role = roleIn(pipeline.construct, source.roleArn, pipeline.resources);
        if (role === undefined || !isOfThisAccount(pipeline, role, granted)) return [];
        const start = (): string => `${labelOf(source)} runs as ${role.label()} (its roleArn)`;
        return told(pipeline, granted, role, start, ". The role of the pipeline needs sts:AssumeRole on it");
      }),
};

const buildsHaveThePermission: PipelineRule = {
  id: "build-role",
  sentence: "the role of a build that takes a full clone is one that its PipelineSource grants the permission to",
  see: `${GUIDE}/troubleshooting.html`,
  broken: (pipeline) =>
    pipeline.sources
      .filter(({ setting }) => setting("OutputArtifactFormat") === OutputFormat.CODEBUILD_CLONE_REF.value)
      .flatMap((source) => {
        const granted = wiringOf(pipeline, source)?.needs?.buildRoles;
        if (granted === undefined) return [];
        const builds = pipeline.actions.filter(
          (action) =>
            BUILDS.includes(typeOf(action) ?? "") && action.inputs.some((input) => source.outputs.includes(input)),
        );
        return builds.flatMap((build) => {
          const [role, of] = roleOfBuild(pipeline, build);
          if (role === undefined) return [];
          const start = (): string => `${labelOf(build)} clones the repository as ${role.label()} (${of})`;
          return told(pipeline, granted, role, start);
        });
      }),
};

/** What is wrong with a role, if it is known to be none of those that get the permission. */
function told(pipeline: ReadPipeline, granted: Granted, role: Role, start: () => string, end = ""): string[] {
  const roles = granted.roles.map(([scope, each]) => roleIn(scope, each, pipeline.resources));
  if (roles.length === 0 || !roles.every((each) => each !== undefined && differ(each, role))) {
    return [];
  }
  const labels = [...new Set(roles.map((each) => each?.label() ?? ""))];
  const shown = labels.length > 3 ? [...labels.slice(0, 3), `${labels.length - 3} more`] : labels;
  const lacks = granted.isOfOthers
    ? "which is not among the roles that have the permission to use the connection"
    : "which gets no permission to use the connection";
  return [`${start()}, ${lacks}: ${granted.place} has only ${shown.join(", ")}. Add it there${end}`];
}

/** The role that a build runs as, and where that is said. */
function roleOfBuild(pipeline: ReadPipeline, build: ReadAction): [role: Role | undefined, of: string] {
  const { construct, resources } = pipeline;
  const { ServiceRoleArnOverride: override, ProjectName: project } = build.configuration;
  if (isGiven(override)) return [roleIn(construct, override, resources), "its ServiceRoleArnOverride"];
  // An action of another region or account has a project of that region or account.
  if (build.hasRegion || isGiven(build.roleArn)) return [undefined, ""];
  const found = typeof project === "string" ? projectOf(pipeline, project) : undefined;
  const role = found && roleIn(found, attributesOf(found)?.service_role, resources);
  return [role, `serviceRole of ${found?.node.path ?? ""}`];
}

/** The build project of this name, where it is made beside the pipeline. */
function projectOf({ construct, resources }: ReadPipeline, name: string): IConstruct | undefined {
  const { provider, cdktfStack } = construct as Provided & { readonly cdktfStack: never };
  const isHere = (found: IConstruct): boolean => isBeside(found, construct, provider);
  const origin = originIn(construct, name);
  if (origin !== undefined) {
    const found = origin.address.startsWith("aws_codebuild_project.")
      ? resources.at(origin.stack, origin.address)
      : undefined;
    return found !== undefined && origin.instance === "" && isHere(found) ? found : undefined;
  }
  const literal = literalIfKnown(construct, name);
  if (literal === undefined) return undefined;
  const named = resources
    .ofType(cdktfStack, "aws_codebuild_project")
    .filter((found) => isHere(found) && literalIfKnown(found, attributesOf(found)?.name) === literal);
  return named.length === 1 ? named[0] : undefined;
}

/** Whether a role is sure to be of the account of the pipeline: no policy here reaches one of another account. */
function isOfThisAccount({ construct, resources, roleArn }: ReadPipeline, role: Role, granted: Granted): boolean {
  const { provider } = construct as Provided;
  const { origin, account } = role;
  if (origin !== undefined) {
    const found = resources.at(origin.stack, origin.address);
    return found !== undefined && isBeside(found, construct, provider);
  }
  if (account === undefined) return false;
  const others = [
    roleIn(construct, roleArn, resources),
    ...granted.roles.map(([scope, each]) => roleIn(scope, each, resources)),
  ];
  const accounts = accountsOf(providerOf(construct, provider) ?? {});
  return accounts.includes(account) || others.some((other) => other?.account === account);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

/** Roles that are named in two places, and are not the same there. */
export const ROLE_WARNINGS: readonly PipelineRule[] = [
  pipelineHasThePermission,
  sourcesHaveThePermission,
  buildsHaveThePermission,
];
