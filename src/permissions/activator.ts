import { actions, allBeside, allow, PREFIXES, type Statement } from "./statement";

/**
 * What a person needs to complete connections in the console. The handshake's permissions are no API actions and take no
 * resource, so only `*` will do for them; listing takes connections, and the page lists all of the account and region.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-handshake
 */
export function completeConnections(connectionArns: readonly string[]): Statement[] {
  if (connectionArns.length === 0) return [];
  return [
    allow(actions("GetConnection", "UpdateConnectionInstallation", "UseConnection"), connectionArns),
    allow(actions("ListConnections"), [...new Set(connectionArns.map(allBeside))]),
    allow(
      actions("GetIndividualAccessToken", "GetInstallationUrl", "ListInstallationTargets", "StartOAuthHandshake"),
      "*",
    ),
  ];
}

/**
 * What a person needs to set up hosts in the console.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#connections-permissions-actions-host-registration
 */
export function setUpHosts(hostArns: readonly string[]): Statement[] {
  if (hostArns.length === 0) return [];
  return [
    allow(actions("GetHost"), hostArns),
    allow(actions("ListHosts"), "*"),
    ...PREFIXES.map((prefix) => ({
      ...allow([`${prefix}:RegisterAppCode`, `${prefix}:StartAppRegistrationHandshake`], "*"),
      // The actions take no resource, but a key for the host. That every call has it is not documented.
      Condition: { ArnEqualsIfExists: { [`${prefix}:HostArn`]: hostArns } },
    })),
  ];
}
