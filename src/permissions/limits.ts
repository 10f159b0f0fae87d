import { repositoryPath } from "../codepipeline/repository-path";
import { branch } from "../codepipeline/limits";
import type { ProviderType } from "../connection/provider-type";
import { all, characters, matching } from "../validation/constraint";
import type { Rule } from "../validation/rule";

/**
 * How many characters IAM lets a managed policy hold, and all inline policies of a role together.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const MANAGED_POLICY_SIZE = 6144;
export const INLINE_POLICIES_SIZE = 10_240;

const ROLE_NAME = "[A-Za-z0-9_+=,.@-]{1,64}";

export const role: Rule = {
  must: matching(`^(${ROLE_NAME}|arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/([!-~]+/)?${ROLE_NAME})$`),
  sentence:
    "must be the name or the ARN of a role; a name is 1 to 64 characters long and has only A-Z, a-z, 0-9 and " +
    "_ + = , . @ -",
  see: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html",
  // The last part of a path is a name.
  meant: (given) => (/^\s*arn:/.test(given) ? undefined : given.trim().split("/").pop()),
  refersTo: ["the name of a role", "the ARN of a role"],
};

/** What a pattern of roles is made of: anything but a question mark, and in it a part of a name or path. */
const [ANY, PART] = ["[!->@-~]*", "[A-Za-z0-9_+=,.@-]{3}"];

/** A role of a policy that may cover several. */
export const roles: Rule = {
  ...role,
  must: matching(
    `^(${ROLE_NAME}|arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/` +
      `(([!-)+->@-~]+/)?${ROLE_NAME}|${ANY}${PART}${ANY}\\*${ANY}|${ANY}\\*${ANY}${PART}${ANY}))$`,
  ),
  sentence:
    `${role.sentence}; an ARN may hold * for several roles, such as "arn:aws:iam::123456789012:role/pipelines/*", with at ` +
    "least three characters of their names or paths in a row, and no ?",
};

export const policyArn: Rule = {
  must: matching("^arn:aws(-[a-z]+)*:iam::([0-9]{12}|aws):policy/([!-)+->@-~]+/)?[A-Za-z0-9_+=,.@-]{1,128}$"),
  sentence: 'must be the ARN of a managed policy, such as "arn:aws:iam::123456789012:policy/boundary"',
  see: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html",
  refersTo: ["the ARN of a policy"],
};

/**
 * IAM takes no other letters, not even as escapes, since Terraform's AWS provider undoes these. An expression in JSON can't
 * hold quotes, and a question mark would stand for any character.
 */
const inPolicy: Rule = {
  must: matching("^[\\x20!#->@-\\[\\]-\\xff]*$"),
  sentence:
    "can't have double quotes, question marks, backslashes, control characters or characters outside Latin-1 in a " +
    "policy: write * instead",
  see: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html",
};

const PATTERN =
  '* in a part stands for any characters, such as "acme/*". To grant all repositories, leave repositories out';

/** The rules on a repository's path, or on a pattern of paths. */
export function repositoryPattern(providerType: ProviderType | undefined): Rule[] {
  const path = repositoryPath(providerType);
  return [{ ...path, sentence: `${path.sentence}. ${PATTERN}` }, inPolicy];
}

/** The rules on a branch's name, or on a pattern of names. */
export const branchPattern: readonly Rule[] = [branch, inPolicy];

export const policyPath: Rule = {
  must: all(characters(1, 512), matching("^(/[A-Za-z0-9.,+@=_-]+)*/$")),
  sentence:
    'must be "/" or a path such as "/pipelines/": at most 512 characters, a slash at the start and at the end, and ' +
    "only A-Z, a-z, 0-9 and . , + @ = _ - between slashes",
  see: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html",
  meant: (given) => `/${given.trim().replace(/^\/+|\/+$/g, "")}/`.replace("//", "/"),
};

export const policyDescription: Rule = {
  must: matching("^[\\x09\\x0a\\x0d\\x20-\\x7e\\xa1-\\xff]{0,1000}$"),
  sentence: "must be at most 1000 characters, all in Latin-1 (no control characters except tab and line breaks)",
  see: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html",
};

export const accountId: Rule = {
  must: matching("^[0-9]{12}$"),
  sentence: "must be an AWS account ID: 12 digits",
  see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/console-account-id.html",
};

export const partition: Rule = {
  must: matching("^aws(-[a-z]+)*$"),
  sentence: 'must be a partition, such as "aws" or "aws-us-gov"',
  see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
};
