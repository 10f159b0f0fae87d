import type { IConstruct } from "constructs";
import { untemplated } from "../terraform/hcl";

/** A sentence about a construct, for Terraform to show: where, and what. */
export function sentenceAt(construct: IConstruct, sentence: string): string {
  return `${untemplated(construct.node.path)}: ${sentence}.`;
}
