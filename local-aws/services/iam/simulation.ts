import { AwsError } from "../../aws-error";
import type { Operation } from "../../service";
import { decide } from "./evaluation";
import { missing, type IamState } from "./state";

/** The documents of all policies of a role. */
export type DocumentsOf = (roleName: string) => readonly string[];

interface Entry {
  readonly ContextKeyName: string;
  readonly ContextKeyValues?: readonly string[];
}

/** What a role may do, without doing it. Policies that a request would bring along are not read. */
export function simulationOperations(
  state: IamState,
  documentsOf: DocumentsOf,
): { readonly [name: string]: Operation } {
  return {
    SimulatePrincipalPolicy: ({
      PolicySourceArn: arn,
      ActionNames: names = [],
      ResourceArns = ["*"],
      ContextEntries = [],
    }) => {
      if (typeof arn !== "string" || !/^arn:[a-z-]+:iam::\d{12}:(role|user|group)\/.+$/.test(arn)) {
        throw new AwsError("InvalidInput", `${String(arn)} is not an ARN of a user, a group or a role`);
      }
      const role = state.roles.find((each) => each.arn === arn);
      if (role === undefined) throw missing(`The entity ${arn} cannot be found.`);
      const documents = documentsOf(role.name);
      const context = Object.fromEntries(
        (ContextEntries as readonly Entry[]).map(({ ContextKeyName, ContextKeyValues = [] }) => [
          ContextKeyName,
          ContextKeyValues.length === 1 ? (ContextKeyValues[0] ?? "") : [...ContextKeyValues],
        ]),
      );
      const EvaluationResults = (names as readonly string[]).flatMap((action) =>
        (ResourceArns as readonly string[]).map((resource) => ({
          ...{ EvalActionName: action, EvalResourceName: resource, MatchedStatements: [], MissingContextValues: [] },
          EvalDecision: decide(arn, documents, { action, resource, context }),
        })),
      );
      return { EvaluationResults, IsTruncated: false };
    },
  };
}
