import { AwsError } from "../../aws-error";
import { globalArn, uniqueId, type Scope } from "../../account";
import type { Input, Operation } from "../../service";
import { optional, tagKeysOf, tagList, tagsOf, required } from "./checks";
import { permissionsDocument, sizeOf } from "./documents";
import { below, listed } from "./lists";
import { missing, notHeld, type IamState, type ManagedPolicy, type PolicyVersion } from "./state";

const MAX_SIZE = 6144;
const MAX_VERSIONS = 5;

/** Customer managed policies, their versions and tags. */
export function policyOperations(state: IamState): { readonly [name: string]: Operation } {
  const named = (input: Input) => state.policy(required(input, "PolicyArn"));
  const describe = (policy: ManagedPolicy) => description(policy, state);
  return {
    CreatePolicy: (input, scope) => {
      const tags = tagsOf(input);
      const policy = newPolicy(input, scope);
      state.addPolicy(policy);
      state.tags.add(policy.arn, tags);
      return { Policy: describe(policy) };
    },
    GetPolicy: (input) => ({ Policy: describe(named(input)) }),
    ListPolicies: (input) => {
      if (optional(input, "Scope") === "AWS") throw notHeld("scope AWS");
      const found = below(state.policies, input).filter(
        ({ arn }) => input.OnlyAttached !== "true" || state.rolesWith(arn).length > 0,
      );
      const summaries = found.map((policy) => summary(policy, state));
      return listed("Policies", summaries, input);
    },
    DeletePolicy: (input) => {
      const policy = named(input);
      if (usersOf(policy, state).length > 0) throw conflict("Cannot delete a policy attached to entities.");
      if (policy.versions.length > 1) {
        throw conflict("This policy has more than one version. Before you delete a policy, delete its versions.");
      }
      state.removePolicy(policy);
    },
    CreatePolicyVersion: (input, scope) => {
      const policy = named(input);
      const document = managedDocument(input, scope);
      if (policy.versions.length >= MAX_VERSIONS) {
        throw limit(`A managed policy can have up to ${MAX_VERSIONS} versions.`);
      }
      const version = newVersion(++policy.versionsEver, document);
      policy.versions.push(version);
      if (input.SetAsDefault === "true") policy.defaultVersion = version;
      return { PolicyVersion: describeVersion(policy, version) };
    },
    GetPolicyVersion: (input) => {
      const policy = named(input);
      const version = versionOf(policy, input);
      return {
        PolicyVersion: { ...describeVersion(policy, version), Document: encodeURIComponent(version.document) },
      };
    },
    ListPolicyVersions: (input) => {
      const policy = named(input);
      const newestFirst = [...policy.versions].reverse().map((version) => describeVersion(policy, version));
      return listed("Versions", newestFirst, input);
    },
    SetDefaultPolicyVersion: (input) => {
      const policy = named(input);
      policy.defaultVersion = versionOf(policy, input);
    },
    DeletePolicyVersion: (input) => {
      const policy = named(input);
      const version = versionOf(policy, input);
      if (version === policy.defaultVersion) throw conflict("Cannot delete the default version of a policy.");
      policy.versions.splice(policy.versions.indexOf(version), 1);
    },
    ListEntitiesForPolicy: (input) => ({
      PolicyRoles: state.rolesWith(named(input).arn).map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      PolicyGroups: [],
      PolicyUsers: [],
      IsTruncated: false,
    }),
    TagPolicy: (input) => {
      state.tags.add(named(input).arn, tagsOf(input));
    },
    UntagPolicy: (input) => {
      state.tags.remove(named(input).arn, tagKeysOf(input));
    },
    ListPolicyTags: (input) => ({ Tags: tagList(state.tags.of(named(input).arn)), IsTruncated: false }),
  };
}

function newPolicy(input: Input, scope: Scope): ManagedPolicy {
  const name = required(input, "PolicyName");
  const path = optional(input, "PolicyPath", "Path") ?? "/";
  const version = newVersion(1, managedDocument(input, scope));
  return {
    name,
    id: uniqueId("ANPA"),
    arn: globalArn(scope, "iam", `policy${path}${name}`),
    path,
    description: optional(input, "Description"),
    created: version.created,
    versions: [version],
    versionsEver: 1,
    defaultVersion: version,
  };
}

function managedDocument(input: Input, scope: Scope): string {
  const document = permissionsDocument(input, scope);
  if (sizeOf(document) > MAX_SIZE) throw limit(`Cannot exceed quota for PolicySize: ${MAX_SIZE}`);
  return document;
}

function newVersion(number: number, document: string): PolicyVersion {
  return { id: `v${number}`, document, created: new Date().toISOString() };
}

function versionOf(policy: ManagedPolicy, input: Input): PolicyVersion {
  const id = required(input, "VersionId");
  const version = policy.versions.find((candidate) => candidate.id === id);
  if (version === undefined) throw missing(`Policy ${policy.arn} version ${id} does not exist.`);
  return version;
}

function usersOf({ arn }: ManagedPolicy, state: IamState): object[] {
  return state.roles.filter(({ attached, boundary }) => attached.has(arn) || boundary === arn);
}

function description(policy: ManagedPolicy, state: IamState): object {
  const { description: Description, arn } = policy;
  return { ...summary(policy, state), Description, Tags: tagList(state.tags.of(arn)) };
}

/** What a list tells of a policy. */
function summary(policy: ManagedPolicy, state: IamState): object {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion.id,
    AttachmentCount: state.rolesWith(policy.arn).length,
    IsAttachable: true,
    CreateDate: policy.created,
    UpdateDate: policy.defaultVersion.created,
  };
}

function describeVersion(policy: ManagedPolicy, { id, created }: PolicyVersion): object {
  return { VersionId: id, IsDefaultVersion: id === policy.defaultVersion.id, CreateDate: created };
}

function conflict(message: string): AwsError {
  return new AwsError("DeleteConflict", message, 409);
}

function limit(message: string): AwsError {
  return new AwsError("LimitExceeded", message, 409);
}
