import type { Statement } from "../../policy-document";

/** Keys that keep a policy from being public when they are tied to fixed values. */
const RESTRICTING = new Set(
  [
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOwner",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:userid",
    "s3:DataAccessPointAccount",
    "s3:DataAccessPointArn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
  ].map((key) => key.toLowerCase()),
);

/** Whether S3 calls a policy public: it allows something to everybody, without a condition that fixes who that is. */
export function isPublic(statements: readonly Statement[]): boolean {
  return statements.some(
    ({ Effect, principals, isNotPrincipal, conditions }) =>
      Effect === "Allow" && (isNotPrincipal || principals?.AWS?.includes("*") === true) && !isRestricted(conditions),
  );
}

function isRestricted(conditions: Statement["conditions"]): boolean {
  return Object.entries(conditions).some(
    ([operator, keys]) =>
      /^(String(Equals(IgnoreCase)?|Like)|Arn(Equals|Like)|IpAddress)$/.test(operator) &&
      Object.entries(keys).some(([key, values]) => RESTRICTING.has(key.toLowerCase()) && values.every(isFixed)),
  );
}

function isFixed(value: string): boolean {
  return !/[*?]|\$\{|^0\.0\.0\.0\/0$|^::\/0$/.test(value);
}
