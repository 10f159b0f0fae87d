import { Inspection } from "../validation/inspection";
import { API } from "../codepipeline/limits";
import { onTexts, type PipelineRule, sentencesOf } from "./pipeline-rule";
import * as rules from "../codepipeline/limits";

export const names = onTexts(
  "the name of a pipeline, of each stage and of each action",
  rules.name,
  ({ name, stages, actions }) => [
    ["name", name],
    ...[...stages, ...actions].map((each) => [`${each.at}.name`, each.name] as const),
  ],
);

export const namespaces = onTexts("the namespace of an action", rules.namespace, ({ actions }) =>
  actions.map(({ at, namespace }) => [`${at}.namespace`, namespace]),
);

export const artifacts = onTexts("the name of an artifact", rules.artifactName, ({ actions }) =>
  actions.flatMap(({ at, inputs, outputs }) => [
    ...inputs.map((name) => [`${at}.inputArtifacts`, name] as const),
    ...outputs.map((name) => [`${at}.outputArtifacts`, name] as const),
  ]),
);

export const runOrders: PipelineRule = {
  sentence: `the runOrder of an action must be a whole number from ${rules.runOrder.min} to ${rules.runOrder.max}`,
  see: `${API}/API_ActionDeclaration.html`,
  broken: ({ actions }) =>
    actions
      // A number in a text is one for Terraform.
      .filter(({ runOrder }) => typeof runOrder === "number")
      .flatMap(({ at, runOrder }) =>
        sentencesOf(new Inspection().wholeNumber(`${at}.runOrder`, runOrder, rules.runOrder)),
      ),
};
