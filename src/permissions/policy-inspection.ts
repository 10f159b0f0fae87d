import type { Construct } from "constructs";
import type { BoundProvider } from "../aws-provider/aws-provider";
import { CONNECTION } from "../connection/connection-base";
import { inspectUse } from "../connection/connection-use";
import { Inspection } from "../validation/inspection";
import { FLAG, isEmpty, type Kind, OBJECT, propertiesOf } from "../validation/kind";
import type { ConnectionGrant } from "./connection-grant";
import type { ConnectionPolicyProps } from "./connection-policy-props";
import * as rules from "./limits";

const GRANTS: Kind = {
  includes: (value) => Array.isArray(value) && value.length > 0,
  sentence: "must be a list of at least one grant, such as [{ connection }]",
};

const GRANT: Kind = { ...OBJECT, sentence: "must be a grant, such as { connection }" };

const QUOTA: Kind = {
  includes: (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 20,
  sentence: "must be a whole number from 1 to 20",
  see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
};

/** Applies the rules of what a policy is made from: what it grants to whom, and how it is divided. */
export function inspectContent(given: ConnectionPolicyProps): Inspection {
  const { grants, roleNames, inline, managedPoliciesPerRole } = propertiesOf(given);
  const inspection = new Inspection().requiredKind("grants", grants, GRANTS);
  for (const [index, grant] of listOf(grants).entries()) {
    const property = `grants[${index}]`;
    inspection.requiredKind(property, grant, GRANT);
    if (OBJECT.includes(grant)) inspectGrant(inspection, property, grant as ConnectionGrant);
  }
  return inspection
    .atLeastOne("roleNames", roleNames, rules.roleName)
    .kind("inline", inline, FLAG)
    .kind("managedPoliciesPerRole", managedPoliciesPerRole, QUOTA);
}

/** Applies all rules of a policy; `content` is what was found of what it is made from. */
export function inspectPolicy(
  scope: Construct,
  given: ConnectionPolicyProps,
  bound: BoundProvider,
  content: Inspection,
): Inspection {
  const props = propertiesOf(given);
  const { grants, inline, provider } = props;
  const inspection = new Inspection()
    .include(content)
    .value("description", props.description, rules.policyDescription)
    .value("path", props.path, rules.policyPath)
    .texts("tags", props.tags);
  for (const [index, grant] of listOf(grants).entries()) {
    const { connection } = propertiesOf(grant as ConnectionGrant);
    inspection.include(inspectUse(scope, `grants[${index}].connection`, connection, provider, bound));
  }
  for (const property of ["description", "path", "tags", "managedPoliciesPerRole"] as const) {
    inspection.fact(
      `${property} is of managed policies, so it can't be given with inline`,
      !inline || props[property] === undefined,
    );
  }
  return inspection;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? Array.from(value as readonly unknown[]) : [];
}

function inspectGrant(inspection: Inspection, property: string, grant: ConnectionGrant): void {
  const { connection, repositories, branches, readOnly } = propertiesOf(grant);
  inspection
    .requiredKind(`${property}.connection`, connection, CONNECTION)
    .kind(`${property}.readOnly`, readOnly, FLAG);
  const patterns = rules.repositoryPattern(connection?.providerType);
  inspection
    .fact(
      `${property}.repositories must not be empty: left out, it grants all that the connection reaches`,
      !isEmpty(repositories),
    )
    .each(`${property}.repositories`, repositories, ...patterns)
    .fact(`${property}.branches must not be empty: left out, it grants all of them`, !isEmpty(branches))
    .each(`${property}.branches`, branches, ...rules.branchPattern);
}
