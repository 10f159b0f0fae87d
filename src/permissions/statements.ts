/** A statement of an IAM policy, in IAM's own words. */
export interface Statement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/**
 * Lets a role use these connections.
 *
 * Both action prefixes, whatever the prefix of the ARN: different parts of AWS call different ones.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 */
export function useConnections(connectionArns: readonly string[]): Statement {
  return {
    Effect: "Allow",
    Action: ["codeconnections:UseConnection", "codestar-connections:UseConnection"],
    Resource: connectionArns,
  };
}

/** A policy document with these statements. */
export function policyDocument(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
