import { regionWithConnections } from "../aws-provider/region";
import {
  ACTIONS,
  API,
  artifactName,
  name as nameRule,
  namespace as namespaceRule,
  runOrder,
  STAGES,
  STRUCTURE,
} from "../codepipeline/limits";
import { Inspection } from "../validation/inspection";
import {
  isConnectionSource,
  known,
  labelOf,
  type ReadAction,
  type ReadPipeline,
  type ReadStage,
  repeated,
} from "./pipeline-model";
import { onStrings, type PipelineRule, problemsOf } from "./pipeline-rule";

const sourcesAreFirst: PipelineRule = {
  id: "source-stage-first",
  sentence: "the first stage has only source actions, and no other stage has any",
  see: STRUCTURE,
  broken: ({ stages, stagesAreKnown }) =>
    stages.flatMap(({ name, actions }, index) =>
      actions
        .filter((action) => action.category !== undefined && isSource(action) !== (index === 0))
        // A stage that Terraform makes (dynamic) comes before those that are written out.
        .filter((action) => stagesAreKnown || isSource(action))
        .map((action) =>
          index === 0
            ? `${labelOf(action)} is in the first stage, which can have only source actions: move it to a later stage`
            : `${labelOf(action)} is a source action in the stage "${name ?? index + 1}": only the first stage can have one`,
        ),
    ),
};

/** An action on a connection is a source whatever its category says: its own rule reports the category. */
function isSource(action: ReadAction): boolean {
  return action.category === "Source" || isConnectionSource(action);
}

const stagesHaveTheirNames: PipelineRule = {
  id: "stage-names-unique",
  sentence: "the names of stages differ",
  see: STRUCTURE,
  broken: ({ stages }) =>
    repeated(known(stages.map(({ name }) => name))).map(
      (name) => `more than one stage has the name "${name}": give each stage a different name`,
    ),
};

const stagesAreEnough: PipelineRule = {
  id: "stage-count",
  sentence: `a pipeline has ${STAGES.min} to ${STAGES.max} stages`,
  see: STRUCTURE,
  broken: ({ stages, stagesAreKnown }) =>
    stagesAreKnown && (stages.length < STAGES.min || stages.length > STAGES.max)
      ? [`a pipeline must have ${STAGES.min} to ${STAGES.max} stages. Given: ${stages.length}`]
      : [],
};

const stagesHaveActions: PipelineRule = {
  id: "stage-actions",
  sentence: `a stage has ${ACTIONS.min} to ${ACTIONS.max} actions`,
  see: ACTIONS.see,
  broken: ({ stages }) =>
    stages.flatMap(({ at, name, actions }) => {
      const label = name === undefined ? at : `the stage "${name}"`;
      if (actions.length === 0) return [`${label} has no action: a stage must have one`];
      // Those that Terraform makes may turn out to be none.
      const { length } = actions.filter((each) => each.name !== undefined || each.category !== undefined);
      return length > ACTIONS.max ? [`${label} must have at most ${ACTIONS.max} actions. Given: ${length}`] : [];
    }),
};

const storesHaveTheirRegions: PipelineRule = {
  id: "artifact-store-regions",
  sentence:
    "each of several artifact stores has a region of its own, and one of them that of the pipeline; a single one has none",
  see: `${API}/API_PipelineDeclaration.html`,
  broken: (pipeline) => (pipeline.storesAreKnown ? problemsOfStores(pipeline) : []),
};

function problemsOfStores({ stores, inRegion }: ReadPipeline): string[] {
  const regions = stores.map(({ region }) => region);
  if (stores.length < 2) {
    const [given] = known(regions).filter(isGiven);
    return given === undefined
      ? []
      : [`the only artifactStore has the region "${given}": leave region out, or give a store for each region`];
  }
  const [own, all] = [inRegion(), known(regions)];
  const lacksOwn = own !== undefined && all.length === stores.length && all.every(isGiven) && !all.includes(own);
  return [
    ...stores
      .filter(({ region }) => region === "")
      .map(({ at }) => `${at}.region must be given, because the pipeline has ${stores.length} artifact stores`),
    ...repeated(all.filter(isGiven)).map((region) => `more than one artifactStore has the region "${region}"`),
    ...(lacksOwn
      ? [
          `no artifactStore is in the region of the pipeline, which is "${own}". There are: ${all.map((region) => `"${region}"`).join(", ")}`,
        ]
      : []),
  ];
}

const isGiven = (region: string): boolean => region !== "";

const namesDiffer: PipelineRule = {
  id: "names-unique",
  sentence:
    "no two actions of a stage have one name, no two actions of a pipeline one output artifact or namespace, and no namespace is the name of an artifact",
  see: STRUCTURE,
  broken: ({ stages }) => collisionsIn(stages),
};

const names = onStrings(
  "name-characters",
  "the name of a pipeline, of each stage and of each action",
  nameRule,
  ({ name, stages, actions }) => [
    ["name", name],
    ...[...stages, ...actions].map((each) => [`${each.at}.name`, each.name] as const),
  ],
);

const namespaces = onStrings("namespace-characters", "the namespace of an action", namespaceRule, ({ actions }) =>
  actions.map(({ at, namespace }) => [`${at}.namespace`, namespace]),
);

const artifacts = onStrings("artifact-name-characters", "the name of an artifact", artifactName, ({ actions }) =>
  actions.flatMap(({ at, inputs, outputs }) => [
    ...inputs.map((name) => [`${at}.inputArtifacts`, name] as const),
    ...outputs.map((name) => [`${at}.outputArtifacts`, name] as const),
  ]),
);

const runOrders: PipelineRule = {
  id: "run-order",
  sentence: `the runOrder of an action must be a whole number from ${runOrder.min} to ${runOrder.max}`,
  see: `${API}/API_ActionDeclaration.html`,
  broken: ({ actions }) =>
    actions
      // A number in a string is left to Terraform.
      .filter(({ runOrder: order }) => typeof order === "number")
      .flatMap(({ at, runOrder: order }) =>
        problemsOf(new Inspection().wholeNumber(`${at}.runOrder`, order, runOrder)),
      ),
};

/** The region of a pipeline, which AWS provider 6 has, counts before the provider's. No construct here is given it. */
const regionHasConnections: PipelineRule = {
  id: "pipeline-region",
  sentence: "the region of a pipeline is one where CodePipeline can use connections",
  see: regionWithConnections.see,
  broken: ({ region }) =>
    region === undefined || regionWithConnections.must.accepts(region)
      ? []
      : [
          `region must be a region where CodePipeline can use connections. Given: "${region}". If AWS has added the ` +
            'region since, use PipelineCheck.of(pipeline).lowerToWarning("pipeline-region")',
        ],
};

/** Names that must differ among the actions of a stage, and of the whole pipeline. */
function collisionsIn(stages: readonly ReadStage[]): string[] {
  const actions = stages.flatMap((stage) => stage.actions);
  const artifacts = actions.flatMap(({ outputs }) => outputs);
  const namespaces = known(actions.map(({ namespace }) => namespace));
  return [
    ...stages.flatMap((stage) =>
      repeated(known(stage.actions.map(({ name }) => name))).map(
        (name) =>
          `more than one action in the stage "${stage.name ?? "?"}" has the name "${name}": give each action a ` +
          "different name (actionName of a SourceAction)",
      ),
    ),
    ...repeated(artifacts).map(
      (name) =>
        `more than one action has the output artifact "${name}": give each action a different one ` +
        "(outputArtifactName of a SourceAction)",
    ),
    ...repeated(namespaces).map(
      (name) =>
        `more than one action has the namespace "${name}": give each action a different one (variablesNamespace of a ` +
        "SourceAction)",
    ),
    ...namespaces
      .filter((name) => artifacts.includes(name))
      .map((name) => `"${name}" is both a namespace and the name of an artifact: change one of them`),
  ];
}

/** What AWS refuses of stages, and of names. */
export const STRUCTURE_ERRORS: readonly PipelineRule[] = [
  ...[sourcesAreFirst, stagesHaveTheirNames, stagesAreEnough, stagesHaveActions, namesDiffer],
  ...[names, namespaces, artifacts, runOrders, regionHasConnections, storesHaveTheirRegions],
];
