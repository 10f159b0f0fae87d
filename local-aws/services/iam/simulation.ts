import { AwsError } from "../../aws-error";
import { parsePolicy } from "../../policy-document";
import type { Input, Operation } from "../../service";
import { listOf, required } from "./checks";
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
    SimulatePrincipalPolicy: (input) => {
      const arn = required(input, "PolicySourceArn");
      if (!/^arn:[a-z-]+:iam::\d{12}:(role|user|group)\/.+$/.test(arn)) {
        throw invalid(`${arn} is not an ARN of a user, a group or a role`);
      }
      const actions = actionNames(input);
      const role = state.roles.find((each) => each.arn === arn);
      if (role === undefined) throw missing(`The entity ${arn} cannot be found.`);
      const documents = documentsOf(role.name);
      const context = contextOf(input);
      const MissingContextValues = keysIn(documents).filter((key) => !isIn(context, key));
      const resources = listOf<string>(input.ResourceArns);
      const EvaluationResults = actions.flatMap((action) =>
        (resources.length > 0 ? resources : ["*"]).map((resource) => ({
          EvalActionName: action,
          EvalResourceName: resource,
          EvalDecision: decide(arn, documents, { action, resource, context }),
          MatchedStatements: [],
          MissingContextValues,
        })),
      );
      return { EvaluationResults, IsTruncated: false };
    },
  };
}

function actionNames({ ActionNames }: Input): readonly string[] {
  const names = listOf<string>(ActionNames);
  if (names.length === 0) {
    throw new AwsError(
      "ValidationError",
      "1 validation error detected: Value null at 'actionNames' failed to satisfy constraint: Member must not be null",
    );
  }
  const wrong = names.find((name) => !/^[a-z0-9-]+:[a-z0-9]+$/i.test(name));
  if (wrong !== undefined) throw invalid(`Invalid action name: ${wrong}`);
  return names;
}

function contextOf({ ContextEntries }: Input): { [key: string]: string | string[] } {
  return Object.fromEntries(
    listOf<Entry>(ContextEntries).map(({ ContextKeyName, ContextKeyValues = [] }) => {
      const [first = "", ...more] = ContextKeyValues;
      return [ContextKeyName, more.length > 0 ? [first, ...more] : first];
    }),
  );
}

/** The condition keys that policies ask for. */
function keysIn(documents: readonly string[]): string[] {
  const keys = documents
    .flatMap((document) => parsePolicy(document).statements)
    .flatMap(({ conditions }) => Object.values(conditions).flatMap(Object.keys));
  return [...new Set(keys)];
}

function isIn(context: object, key: string): boolean {
  return Object.keys(context).some((each) => each.toLowerCase() === key.toLowerCase());
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidInput", message);
}
