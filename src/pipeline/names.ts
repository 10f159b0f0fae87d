import { Inspection } from "../validation/inspection";
import type { ReadAction, ReadPipeline } from "./declaration";
import { API, onTexts, type PipelineRule, sentencesOf, type Texts } from "./pipeline-rule";
import * as rules from "./rules";

export const names = onTexts("the name of a pipeline, of each stage and of each action", rules.name, (pipeline) => [
  ["name", pipeline.name],
  ...pipeline.stages.map(({ name }, index) => [`stage[${index}].name`, name] as const),
  ...ofActions(pipeline, (at, { name }) => [[`${at}.name`, name]]),
]);

export const namespaces = onTexts("the namespace of an action", rules.namespace, (pipeline) =>
  ofActions(pipeline, (at, { namespace }) => [[`${at}.namespace`, namespace]]),
);

export const artifacts = onTexts("the name of an artifact", rules.artifactName, (pipeline) =>
  ofActions(pipeline, (at, { inputs, outputs }) => [
    ...inputs.map((name) => [`${at}.inputArtifacts`, name] as const),
    ...outputs.map((name) => [`${at}.outputArtifacts`, name] as const),
  ]),
);

export const runOrders: PipelineRule = {
  sentence: `the runOrder of an action must be a whole number from ${rules.runOrder.min} to ${rules.runOrder.max}`,
  see: `${API}/API_ActionDeclaration.html`,
  broken: (pipeline) =>
    actionsOf(pipeline)
      // A number in a text is one for Terraform.
      .filter(([, { runOrder }]) => typeof runOrder === "number")
      .flatMap(([at, { runOrder }]) =>
        sentencesOf(new Inspection().wholeNumber(`${at}.runOrder`, runOrder, rules.runOrder)),
      ),
};

/** The actions of a pipeline, each with where it stands. */
export function actionsOf({ stages }: ReadPipeline): (readonly [at: string, action: ReadAction])[] {
  return stages.flatMap(({ actions }, stage) =>
    actions.map((action, index) => [`stage[${stage}].action[${index}]`, action] as const),
  );
}

function ofActions(pipeline: ReadPipeline, texts: (at: string, action: ReadAction) => Texts): Texts {
  return actionsOf(pipeline).flatMap(([at, action]) => texts(at, action));
}
