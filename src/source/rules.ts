import { OutputFormat } from "../codepipeline/output-format";
import { noneOf } from "../validation/constraint";
import type { Rule } from "../validation/rule";

export const outputFormatWithoutBuildRole: Rule = {
  must: noneOf([OutputFormat.CODEBUILD_CLONE_REF]),
  sentence:
    "can't be CODEBUILD_CLONE_REF without buildRoleNames: CodeBuild clones the repository itself, so its roles need the " +
    "permission to use the connection (where they have it already, use SourceAction alone)",
  see: "https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html",
};
