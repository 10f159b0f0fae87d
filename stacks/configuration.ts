import type { App } from "cdktf";
import { OutputFormat, ProviderType } from "cdktf-codestar-connections";
import { contextOf, whereContextIs } from "./context";
import {
  anyRegion,
  branch,
  connectionArn,
  connectionName,
  DEFAULT_FAMILY,
  given,
  Inspection,
  matching,
  nearest,
  noPipelineVariable,
  outputFormat,
  pipelineName,
  providerType,
  providerTypeOfFamily,
  providerTypes,
  providerTypeWithoutHost,
  regionWithConnections,
  repositoryPath,
  type Rule,
  WITHOUT_CONNECTIONS,
} from "./library-rules";
import { inspectLocalState } from "./local-state";
import type { State } from "./state";

/** What the pipeline stack is made from: the keys of the `context` in cdktf.json. */
export interface Configuration extends State {
  readonly region: string;
  readonly pipelineName: string;
  /** The name of a new connection; or give `connectionArn`. */
  readonly connectionName?: string;
  /** The ARN of an existing connection; or give `connectionName`. */
  readonly connectionArn?: string;
  /** Needed for a new connection. */
  readonly providerType?: ProviderType;
  readonly repository: string;
  readonly branch: string;
  readonly outputFormat: OutputFormat;
  /** Whether the roles can use only this repository, and a build that clones it can only read. */
  readonly scopeToRepository: boolean;
  /** Whether Terraform refuses to destroy a new connection. */
  readonly protectConnection: boolean;
}

const REQUIRED = ["region", "pipelineName", "repository", "branch", "outputFormat"] as const;
const FLAGS = ["scopeToRepository", "protectConnection"] as const;
const STATE = ["stateBucket", "stateRegion", "stateOrganization"] as const;
const KEYS = [...REQUIRED, "connectionName", "connectionArn", "providerType", ...FLAGS, ...STATE] as const;
const KNOWN =
  "The keys are region, pipelineName, connectionName or connectionArn, providerType, repository, branch, outputFormat, " +
  "scopeToRepository, protectConnection, stateBucket, stateRegion, stateOrganization";

/** The keys that CDKTF sets and reads itself, such as `cdktfVersion` and `@cdktf/disable_stack_trace_in_metadata`. */
const OF_CDKTF = /^@?cdktf/;

/**
 * The keys without that prefix which `cdktf init` and CDK Terrain write or read: their feature flags, and the versions of
 * Terraform that the CLI of CDK Terrain passes on.
 *
 * @see https://github.com/hashicorp/terraform-cdk/blob/f868537f8a954f2aaa7c22304dda24d8cfe75d1e/docs/working-with-cdk-for-terraform/feature-flags.md
 * @see https://github.com/open-constructs/cdk-terrain/blob/main/docs/feature-flags.md
 */
const FEATURE_FLAGS = [
  ...["excludeStackIdFromLogicalIds", "allowSepCharsInLogicalIds"],
  ...["failOnConstructsOutsideOfStacks", "validateFunctionVersions", "canonicalAssetHashes", "targetVersions"],
];

const isOfEngine = (key: string): boolean => OF_CDKTF.test(key) || FEATURE_FLAGS.includes(key);

/** Reads the configuration and reports everything that is wrong with it at once, in the words of its keys. */
export function readConfiguration(app: App): Configuration {
  const context = contextOf(app);
  // A key is switched off by null, since a later source of context can't take it away.
  const values = Object.fromEntries(KEYS.map((key) => [key, context[key] ?? undefined]));
  inspectKeys(Object.keys(context), values).include(inspectValues(values)).throwIfBroken(whereContextIs());
  const { providerType: type, outputFormat: format, ...strings } = values as unknown as Strings;
  const { scopeToRepository = true, protectConnection = false } = values as Partial<Configuration>;
  const configuration = {
    ...strings,
    scopeToRepository,
    protectConnection,
    providerType: type === undefined ? undefined : ProviderType.of(type),
    outputFormat: OutputFormat.of(format),
  };
  inspectLocalState(configuration, app.outdir).throwIfBroken(whereContextIs());
  return configuration;
}

/** The values as the context has them. */
type Strings = { readonly [Key in keyof Configuration]: string };

type Values = Readonly<{ [key: string]: unknown }>;

function inspectKeys(keys: readonly string[], values: Values): Inspection {
  const unknown = keys
    .filter((key) => !KEYS.some((known) => known === key) && !isOfEngine(key))
    .map((key) => ({ key, meant: nearest(key, KEYS) }));
  const isMissing = (key: string): boolean => values[key] === undefined && !unknown.some(({ meant }) => meant === key);
  const [isNew, isExisting] = [!isMissing("connectionName"), !isMissing("connectionArn")];
  const missing = [...REQUIRED, ...(isNew ? ["providerType"] : [])].filter(isMissing);

  const problems = unknown.map(
    ({ key, meant }) => `${given(key)} is not a key${meant === undefined ? "" : `; "${meant}" was probably meant`}`,
  );
  if (missing.length > 0) problems.push(`${missing.join(", ")} must be given`);
  if (!isNew && !isExisting) problems.push("connectionName or connectionArn must be given");

  const inspection = new Inspection();
  problems.forEach((problem, index) => {
    inspection.fact(index < problems.length - 1 ? problem : `${problem}. ${KNOWN}`, false);
  });
  return inspection.fact(
    "only one of connectionName (a new connection) and connectionArn (an existing one) can be given; set the other to null",
    values.connectionName === undefined || values.connectionArn === undefined,
  );
}

/** The rules of the constructs, applied here too so that one run reports the mistakes in all of them. */
function inspectValues(values: Values): Inspection {
  const isNew = values.connectionName !== undefined;
  const inspection = new Inspection();
  for (const key of FLAGS) {
    const value = values[key];
    inspection.fact(
      `${key} must be true or false, without quotes. Given: ${given(value)}`,
      value === undefined || typeof value === "boolean",
    );
  }
  inspectState(inspection, values);
  return inspection
    .fact(
      "protectConnection is for a new connection: set it to false or null together with connectionArn",
      isNew || values.protectConnection !== true,
    )
    .fact(
      'pipelineName can\'t be "." or "..": the folder of the stack is named after it',
      values.pipelineName !== "." && values.pipelineName !== "..",
    )
    .value("region", values.region, region)
    .value("pipelineName", values.pipelineName, pipelineName)
    .value("connectionName", values.connectionName, connectionName(DEFAULT_FAMILY))
    .value("connectionArn", values.connectionArn, connectionArn)
    .value("providerType", values.providerType, providerType, ...(isNew ? providerTypeOfNew : []))
    .value("repository", values.repository, repositoryPath(ProviderType.of(String(values.providerType))))
    .value("branch", values.branch, branch, noPipelineVariable)
    .value("outputFormat", values.outputFormat, outputFormat);
}

const bucketName: Rule = {
  must: matching("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"),
  sentence: "must be the name of a bucket: 3 to 63 characters, only a-z, 0-9, dots and hyphens",
  see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
};

const organizationName: Rule = {
  must: matching("^[A-Za-z0-9_-]+$"),
  sentence: "must be the name of an organisation of HCP Terraform: only A-Z, a-z, 0-9, _ and -",
  see: "https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/organizations",
};

function inspectState(inspection: Inspection, values: Values): void {
  const { stateBucket: bucket, stateOrganization: organization, stateRegion } = values;
  inspection
    .value("stateBucket", bucket, bucketName)
    .value("stateOrganization", organization, organizationName)
    .value("stateRegion", stateRegion, anyRegion)
    .fact(
      "only one of stateBucket (S3) and stateOrganization (HCP Terraform) can be given; set the other to null",
      bucket === undefined || organization === undefined,
    )
    .fact(
      "stateRegion is the region of stateBucket: give stateBucket too",
      stateRegion === undefined || bucket !== undefined,
    );
}

// The library's own sentences for the rules below advise properties of constructs, which are no keys of the context.

const region: Rule = {
  ...regionWithConnections,
  sentence: `must be one where CodePipeline can use connections, such as us-east-1: none of ${WITHOUT_CONNECTIONS.join(", ")}`,
};

const providerTypeOfNew: readonly Rule[] = [
  ...providerTypeOfFamily(DEFAULT_FAMILY).map((rule) => onlyExisting(rule, "for a new connection")),
  onlyExisting(providerTypeWithoutHost, "without a host, which no key gives"),
];

/** A rule that holds types of provider back, with the advice that the keys can follow. */
function onlyExisting(rule: Rule, when: string): Rule {
  const types = providerTypes(() => true).filter((type) => !rule.must.accepts(type));
  const advice = "set connectionName to null, and connectionArn to the ARN of an existing connection";
  return { ...rule, sentence: `can't be ${types.join(" or ")} ${when}: ${advice}` };
}
