import { ARTIFACT_ERRORS } from "./artifacts";
import { FULL_CLONE_ERRORS } from "./full-clones";
import { BRANCH_WARNINGS } from "./granted-branches";
import { ROLE_WARNINGS } from "./granted-roles";
import type { PipelineRule } from "./pipeline-rule";
import { PIPELINE_TYPE_ERRORS } from "./pipeline-type";
import { SOURCE_ACTION_ERRORS } from "./source-actions";
import { STRUCTURE_ERRORS } from "./structure";
import { TRIGGER_ERRORS } from "./triggers";
import { VARIABLE_WARNINGS } from "./variables";
import { PROBABLY_NOT_MEANT } from "./warnings";
import { WIRING_WARNINGS } from "./wiring";

/** What AWS refuses, or runs into. */
export const ERRORS: readonly PipelineRule[] = [
  ...PIPELINE_TYPE_ERRORS,
  ...TRIGGER_ERRORS,
  ...STRUCTURE_ERRORS,
  ...SOURCE_ACTION_ERRORS,
  ...FULL_CLONE_ERRORS,
  ...ARTIFACT_ERRORS,
];

/** What is probably not meant. */
export const WARNINGS: readonly PipelineRule[] = [
  ...PROBABLY_NOT_MEANT,
  ...VARIABLE_WARNINGS,
  ...WIRING_WARNINGS,
  ...ROLE_WARNINGS,
  ...BRANCH_WARNINGS,
];
