import { all, characters, matching } from "../validation/constraint";
import type { Rule } from "../validation/rule";

/** The longest ARN that the service takes. */
const ARN_LENGTH = 256;
const PARTITION = "aws(-[a-z]+)*";

/** The service in an ARN, in either of its names. */
export const SERVICE = "(codestar-connections|codeconnections)";

/** The ARN of one of the service's resources: what may stand behind its kind, and how that may look. */
export function arnOf(kind: string, id: string, sample: string): Pick<Rule, "must" | "sentence" | "meant"> {
  return {
    must: all(characters(1, ARN_LENGTH), matching(`^arn:${PARTITION}:${SERVICE}:[a-z0-9-]+:[0-9]{12}:${kind}/${id}$`)),
    sentence:
      `must be the ARN of a ${kind}, of at most ${ARN_LENGTH} characters, such as ` +
      `"arn:aws:codestar-connections:us-east-1:123456789012:${kind}/${sample}" or "arn:aws:codeconnections:…"`,
    // Without what stands around an ARN that was copied out of a text.
    meant: (given) => given.trim().replace(/^.*?(?=arn:)/, ""),
  };
}
