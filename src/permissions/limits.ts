import { repositoryPath } from "../codepipeline/repository-path";
import { branch } from "../codepipeline/limits";
import { all, characters, matching } from "../validation/constraint";
import type { Rule } from "../validation/rule";

/**
 * How many characters IAM lets a managed policy hold, and all inline policies of a role together.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const MANAGED_POLICY_SIZE = 6144;
export const INLINE_POLICIES_SIZE = 10_240;

export const roleName: Rule = {
  must: matching("^[A-Za-z0-9_+=,.@-]{1,64}$"),
  sentence: "must be the name of a role, not its ARN: 1 to 64 of the characters A-Z, a-z, 0-9 and _ + = , . @ -",
  see: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html",
  // The last part of a role's ARN or path; other ARNs are of no role.
  meant: (given) => (/^\s*arn:(?!.*:role\/)/.test(given) ? undefined : given.trim().split("/").pop()),
};

/**
 * IAM takes no other letters, not even as escapes, since Terraform's AWS provider undoes these. An expression in JSON can't
 * hold quotes, and a question mark would stand for any character.
 */
const inPolicy: Rule = {
  must: matching("^[\\x20!#->@-\\[\\]-\\xff]*$"),
  sentence:
    "can't hold quotes, question marks, backslashes, control characters or letters beyond Latin-1 in a policy " +
    "(* may stand for them)",
  see: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html",
};

/** The rules on a repository's path, or on a pattern of paths. */
export function repositoryPattern(providerType: string | undefined): Rule[] {
  const path = repositoryPath(providerType);
  return [{ ...path, sentence: `${path.sentence}; or a pattern with * for any characters` }, inPolicy];
}

/** The rules on a branch's name, or on a pattern of names. */
export const branchPattern: readonly Rule[] = [branch, inPolicy];

export const policyPath: Rule = {
  must: all(characters(1, 512), matching("^(/[A-Za-z0-9.,+@=_-]+)*/$")),
  sentence:
    'must be "/", or parts of A-Z, a-z, 0-9 and . , + @ = _ - between slashes, such as "/pipelines/": at most 512 characters',
  see: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html",
  meant: (given) => `/${given.trim().replace(/^\/+|\/+$/g, "")}/`.replace("//", "/"),
};

export const policyDescription: Rule = {
  must: matching("^[\\x09\\x0a\\x0d\\x20-\\x7e\\xa1-\\xff]{0,1000}$"),
  sentence: "must be at most 1000 characters, all of Latin-1",
  see: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html",
};

export const accountId: Rule = {
  must: matching("^[0-9]{12}$"),
  sentence: "must be the 12 digits of an account",
  see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/console-account-id.html",
};

export const partition: Rule = {
  must: matching("^aws(-[a-z]+)*$"),
  sentence: 'must be a partition, such as "aws" or "aws-us-gov"',
  see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
};
