import { AwsError } from "../../aws-error";
import { globalArn, uniqueId } from "../../account";
import type { RoleExists } from "../../policy-principal";
import type { Operation } from "../../service";
import { optional, sessionDuration, tagKeysOf, tagList, tagsOf, required } from "./checks";
import { trustDocument } from "./documents";
import { below, listed } from "./lists";
import type { IamState, Role } from "./state";

/** Roles themselves: their life, their trust policy and their tags. */
export function roleOperations(state: IamState, exists: RoleExists): { readonly [name: string]: Operation } {
  const describe = (role: Role) => description(role, state);
  const named = (input: { RoleName?: unknown }) => state.role(required(input, "RoleName"));
  return {
    CreateRole: (input, scope) => {
      const name = required(input, "RoleName");
      const path = optional(input, "RolePath", "Path") ?? "/";
      const tags = tagsOf(input);
      const role: Role = {
        name,
        id: uniqueId("AROA"),
        arn: globalArn(scope, "iam", `role${path}${name}`),
        path,
        created: new Date().toISOString(),
        description: optional(input, "Description"),
        maxSessionDuration: sessionDuration(input),
        trust: trustDocument(input, "AssumeRolePolicyDocument", scope, exists),
        boundary: boundary(state, input),
        inline: new Map(),
        attached: new Set(),
      };
      state.addRole(role);
      state.tags.add(role.arn, tags);
      return { Role: describe(role) };
    },
    GetRole: (input) => ({ Role: describe(named(input)) }),
    ListRoles: (input) => listed("Roles", below(state.roles, input).map(summary), input),
    UpdateRole: (input) => {
      const role = named(input);
      // The provider sends only the duration, and the description that it has just set stays.
      role.description = optional(input, "Description") ?? role.description;
      if (input.MaxSessionDuration !== undefined) role.maxSessionDuration = sessionDuration(input);
      return {};
    },
    UpdateRoleDescription: (input) => {
      const role = named(input);
      role.description = required(input, "Description");
      return { Role: describe(role) };
    },
    UpdateAssumeRolePolicy: (input, scope) => {
      named(input).trust = trustDocument(input, "PolicyDocument", scope, exists);
    },
    PutRolePermissionsBoundary: (input) => {
      named(input).boundary = boundary(state, input);
    },
    DeleteRolePermissionsBoundary: (input) => {
      named(input).boundary = undefined;
    },
    DeleteRole: (input) => {
      const role = named(input);
      if (role.attached.size > 0) throw conflict("Cannot delete entity, must detach all policies first.");
      if (role.inline.size > 0) throw conflict("Cannot delete entity, must delete policies first.");
      state.removeRole(role);
    },
    ListInstanceProfilesForRole: (input) => {
      // Nothing here makes an instance profile, but the provider deletes no role without asking for its profiles.
      named(input);
      return { InstanceProfiles: [], IsTruncated: false };
    },
    TagRole: (input) => {
      state.tags.add(named(input).arn, tagsOf(input));
    },
    UntagRole: (input) => {
      state.tags.remove(named(input).arn, tagKeysOf(input));
    },
    ListRoleTags: (input) => ({ Tags: tagList(state.tags.of(named(input).arn)), IsTruncated: false }),
  };
}

function boundary(state: IamState, input: { PermissionsBoundary?: unknown }): string | undefined {
  const arn = optional(input, "PolicyArn", "PermissionsBoundary");
  return arn === undefined ? undefined : state.policy(arn).arn;
}

function conflict(message: string): AwsError {
  return new AwsError("DeleteConflict", message, 409);
}

function description(role: Role, state: IamState): object {
  return {
    ...summary(role),
    PermissionsBoundary: role.boundary && {
      PermissionsBoundaryType: "Policy",
      PermissionsBoundaryArn: role.boundary,
    },
    Tags: tagList(state.tags.of(role.arn)),
    RoleLastUsed: {},
  };
}

/** What a list tells of a role. */
function summary(role: Role): object {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.created,
    // IAM sends documents back URL-encoded, as RFC 3986 has it.
    AssumeRolePolicyDocument: encodeURIComponent(role.trust),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
  };
}
