import { matching } from "../validation/constraint";
import type { Rule } from "../validation/rule";

export const outputPrefix: Rule = {
  must: matching("^([A-Za-z_][A-Za-z0-9_-]*)?$"),
  sentence: "must be empty, or begin with a letter or _ and hold only the characters A-Z, a-z, 0-9 and _ -",
  see: "https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers",
  meant: (given) => given.trim().replace(/[^A-Za-z0-9_-]+/g, "_"),
};
