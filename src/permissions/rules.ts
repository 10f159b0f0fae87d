import { matching } from "../validation/constraint";
import type { Rule } from "../validation/rule";

export const roleName: Rule = {
  must: matching("^[A-Za-z0-9_+=,.@-]{1,64}$"),
  sentence: "must be the name of a role, not its ARN: 1 to 64 of the characters A-Z, a-z, 0-9 and _ + = , . @ -",
  see: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html",
  meant: (given) => given.trim().split("/").pop(),
};
