import { AwsError } from "../aws-error";
import { isConnectionSource } from "./codepipeline-actions";
import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from "./codepipeline-shapes";

/** Refuses a pipeline whose stages and actions do not fit together. */
export function checkStructure({ stages, artifactStore, artifactStores }: PipelineDeclaration): void {
  if ((artifactStore === undefined) === (artifactStores === undefined)) {
    throw structure("Exactly one of artifactStore and artifactStores must be specified in the pipeline");
  }
  checkStages(stages);
  const actions = stages.flatMap((stage) => stage.actions);
  checkOutputs(actions);
  checkInputs(stages);
  checkNamespaces(stages);
  checkClones(actions);
  checkPrimarySources(actions);
}

function checkStages(stages: readonly StageDeclaration[]): void {
  if (stages.length < 2) {
    throw structure(`Pipeline has only ${stages.length} stage(s). There should be a minimum of 2 stages in a pipeline`);
  }
  if (stages.length > 50) throw limit(`Pipeline has ${stages.length} stages. The maximum is 50`);
  const stageName = duplicate(stages.map(({ name }) => name));
  if (stageName !== undefined) throw stage(`Stage name '${stageName}' must be unique within the pipeline`);
  stages.forEach(({ name, actions }, index) => {
    if (actions.length === 0) throw stage(`Stage '${name}' must contain at least one action`);
    if (actions.length > 100) throw limit(`Stage '${name}' has ${actions.length} actions. The maximum is 100`);
    const actionName = duplicate(actions.map((action) => action.name));
    if (actionName !== undefined) throw stage(`Action name '${actionName}' must be unique within stage '${name}'`);
    const sources = actions.filter(({ actionTypeId }) => actionTypeId.category === "Source").length;
    if (index === 0 && sources < actions.length) {
      throw structure("Pipeline should start with a stage that only contains source actions");
    }
    if (index > 0 && sources > 0) {
      throw structure(`Stage '${name}' contains a source action: they are allowed in the first stage only`);
    }
  });
}

function checkOutputs(actions: readonly ActionDeclaration[]): void {
  const repeated = duplicate(actions.flatMap(outputs));
  if (repeated !== undefined) {
    throw declaration(
      `Output Artifact Bundle name must be unique within the pipeline. ${repeated} has been used more than once.`,
    );
  }
}

/** What an action consumes must come from an earlier stage, or from a lower run order of its own stage. */
function checkInputs(stages: readonly StageDeclaration[]): void {
  const known = new Set<string>();
  for (const { actions, beforeEntry, onSuccess, onFailure } of stages) {
    checkRules(rulesOf(beforeEntry), known);
    for (const action of actions) {
      const siblings = actions.filter(({ runOrder = 1 }) => runOrder < (action.runOrder ?? 1)).flatMap(outputs);
      const unknown = inputs(action).find((name) => !known.has(name) && !siblings.includes(name));
      if (unknown !== undefined) {
        throw declaration(
          `Input Artifact Bundle ${unknown} in action ${action.name} is not declared as Output Artifact Bundle ` +
            "in any of the preceding actions",
        );
      }
    }
    actions.flatMap(outputs).forEach((name) => known.add(name));
    checkRules([...rulesOf(onSuccess), ...rulesOf(onFailure)], known);
  }
}

/** What the rules of a condition consume must be there when they are evaluated. */
function checkRules(rules: ReturnType<typeof rulesOf>, known: ReadonlySet<string>): void {
  for (const { name, inputArtifacts = [] } of rules) {
    const unknown = inputArtifacts.find((artifact) => !known.has(artifact.name));
    if (unknown !== undefined) {
      throw stage(`Input Artifact Bundle ${unknown.name} in rule ${name} is not declared as Output Artifact Bundle`);
    }
  }
}

const rulesOf = (on: StageDeclaration["beforeEntry"] | StageDeclaration["onFailure"]) =>
  (on?.conditions ?? []).flatMap(({ rules = [] }) => rules);

/** What a pipeline of type V1 can't have, besides triggers. */
export function checkPipelineType({ pipelineType, executionMode, variables = [], stages }: PipelineDeclaration): void {
  if (pipelineType !== "V1") return;
  if (executionMode !== "SUPERSEDED") throw structure("Execution mode must be SUPERSEDED for pipelines of type V1");
  if (variables.length > 0) throw structure("Variables can only be specified for pipelines of type V2");
  const conditional = stages.find((each) => [each.beforeEntry, each.onSuccess, each.onFailure].some(Boolean));
  if (conditional !== undefined) {
    throw stage(`Stage '${conditional.name}' has conditions, which are only supported for pipelines of type V2`);
  }
  const commands = stages
    .flatMap(({ actions }) => actions)
    .find(({ actionTypeId }) => actionTypeId.provider === "Commands");
  if (commands !== undefined) {
    throw declaration(`Action ${commands.name}: Commands is only supported for pipelines of type V2`);
  }
}

function checkNamespaces(stages: readonly StageDeclaration[]): void {
  const artifacts = stages.flatMap(({ actions }) => actions.flatMap(outputs));
  const seen = new Set<string>();
  for (const { name: stageName, actions } of stages) {
    for (const { name, namespace } of actions) {
      if (namespace === undefined) continue;
      const place = `StageName=[${stageName}], ActionName=[${name}], Namespace=[${namespace}]`;
      if (seen.has(namespace)) {
        throw declaration(
          `Namespaces must be unique across the pipeline definition. The following occur more than once in the pipeline. ${place}`,
        );
      }
      if (artifacts.includes(namespace)) throw declaration(`A namespace must not be the name of an artifact. ${place}`);
      seen.add(namespace);
    }
  }
}

/** A full clone is a reference that only CodeBuild can follow. */
function checkClones(actions: readonly ActionDeclaration[]): void {
  const clones = actions
    .filter(
      (action) => isConnectionSource(action) && action.configuration?.OutputArtifactFormat === "CODEBUILD_CLONE_REF",
    )
    .flatMap(outputs);
  for (const action of actions.filter(({ actionTypeId }) => actionTypeId.provider !== "CodeBuild")) {
    const clone = inputs(action).find((name) => clones.includes(name));
    if (clone !== undefined) {
      throw declaration(
        `Action ${action.name} cannot use artifact ${clone}: CODEBUILD_CLONE_REF can be used by CodeBuild actions only`,
      );
    }
  }
}

/** Of several inputs, CodeBuild must know the one with the build specification. */
function checkPrimarySources(actions: readonly ActionDeclaration[]): void {
  for (const action of actions.filter(({ actionTypeId }) => actionTypeId.provider === "CodeBuild")) {
    const primary = action.configuration?.PrimarySource;
    if (inputs(action).length > 1 && !inputs(action).includes(primary ?? "")) {
      throw declaration(`Action ${action.name} has several input artifacts, and PrimarySource is none of them`);
    }
  }
}

const inputs = ({ inputArtifacts = [] }: ActionDeclaration) => inputArtifacts.map(({ name }) => name);
const outputs = ({ outputArtifacts = [] }: ActionDeclaration) => outputArtifacts.map(({ name }) => name);

function duplicate(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) < index);
}

const structure = (message: string) => new AwsError("InvalidStructureException", message);
const stage = (message: string) => new AwsError("InvalidStageDeclarationException", message);
const declaration = (message: string) => new AwsError("InvalidActionDeclarationException", message);
const limit = (message: string) => new AwsError("LimitExceededException", message);
