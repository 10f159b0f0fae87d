import { AwsError } from "../../aws-error";
import type { Input, Operation } from "../../service";
import { required } from "./checks";
import { permissionsDocument, sizeOf } from "./documents";
import { listed, below } from "./lists";
import { missing, type IamState } from "./state";

const MAX_ATTACHED = 10;
const MAX_INLINE_SIZE = 10240;

/** What a role is allowed: its inline policies and its attachments. */
export function rolePolicyOperations(state: IamState): { readonly [name: string]: Operation } {
  const named = (input: Input) => state.role(required(input, "RoleName"));
  return {
    PutRolePolicy: (input, scope) => {
      const role = named(input);
      const name = required(input, "PolicyName");
      const document = permissionsDocument(input, scope);
      const all = new Map(role.inline).set(name, document);
      const size = [...all.values()].reduce((sum, each) => sum + sizeOf(each), 0);
      if (size > MAX_INLINE_SIZE) {
        throw limit(`Maximum policy size of ${MAX_INLINE_SIZE} bytes exceeded for role ${role.name}`);
      }
      role.inline.set(name, document);
    },
    GetRolePolicy: (input) => {
      const role = named(input);
      const name = required(input, "PolicyName");
      return { RoleName: role.name, PolicyName: name, PolicyDocument: encodeURIComponent(inline(role, name)) };
    },
    ListRolePolicies: (input) => listed("PolicyNames", [...named(input).inline.keys()], input),
    DeleteRolePolicy: (input) => {
      const role = named(input);
      const name = required(input, "PolicyName");
      inline(role, name);
      role.inline.delete(name);
    },
    AttachRolePolicy: (input) => {
      const role = named(input);
      const { arn } = state.policy(required(input, "PolicyArn"));
      // Attaching twice is not an error and takes no second place.
      if (!role.attached.has(arn) && role.attached.size >= MAX_ATTACHED) {
        throw limit(`Cannot exceed quota for PoliciesPerRole: ${MAX_ATTACHED}`);
      }
      role.attached.add(arn);
    },
    DetachRolePolicy: (input) => {
      const arn = required(input, "PolicyArn");
      if (!named(input).attached.delete(arn)) throw missing(`Policy ${arn} was not found.`);
    },
    ListAttachedRolePolicies: (input) => {
      const policies = below(
        [...named(input).attached].map((arn) => state.policy(arn)),
        input,
      );
      const attached = policies.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn }));
      return listed("AttachedPolicies", attached, input);
    },
  };
}

function inline(role: ReturnType<IamState["role"]>, name: string): string {
  const document = role.inline.get(name);
  if (document === undefined) throw missing(`The role policy with name ${name} cannot be found.`);
  return document;
}

function limit(message: string): AwsError {
  return new AwsError("LimitExceeded", message, 409);
}
