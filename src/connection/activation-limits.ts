import { matching } from "../validation/constraint";
import type { Limit, Rule } from "../validation/rule";

/** Of two outputs with one name CDKTF would keep the last, and say nothing. */
export const outputNames: Limit = {
  sentence: "no two outputs have one name: an outputPrefix tells two reminders apart",
  see: "https://developer.hashicorp.com/terraform/language/values/outputs",
};

export const outputPrefix: Rule = {
  must: matching("^([A-Za-z_][A-Za-z0-9_-]*)?$"),
  sentence: "must be empty, or begin with a letter or _ and hold only the characters A-Z, a-z, 0-9 and _ -",
  see: "https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers",
  meant: (given) => given.trim().replace(/[^A-Za-z0-9_-]+/g, "_"),
};
