import { ResourceFamily } from "./resource-family";

/**
 * Where the repositories are.
 *
 * @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_Connection.html
 */
export enum ProviderType {
  /** Bitbucket Cloud. */
  BITBUCKET = "Bitbucket",
  /** GitHub.com and GitHub Enterprise Cloud. */
  GITHUB = "GitHub",
  /** GitLab.com. */
  GITLAB = "GitLab",
  /** GitHub Enterprise Server: installed by its users, so a connection goes through a `ConnectionHost`. */
  GITHUB_ENTERPRISE_SERVER = "GitHubEnterpriseServer",
  /** GitLab on machines of its users' own, so a connection goes through a `ConnectionHost`. */
  GITLAB_SELF_MANAGED = "GitLabSelfManaged",
  /** Azure DevOps: only `ResourceFamily.CODECONNECTIONS` with AWS provider 6 or newer can create it. */
  AZURE_DEVOPS = "AzureDevOps",
}

/** What the library knows of one provider; the rest of it asks this table and names no provider. */
export interface ProviderFacts {
  /** The provider's name as people write it. */
  readonly label: string;
  /** Whether its users install it themselves, so that a connection goes through a host. */
  readonly installed: boolean;
  /** The families that can create a connection to it, each with the first major version of the AWS provider that can. */
  readonly createdBy: { readonly [family in ResourceFamily]?: number };
  /** How the path of a repository looks. */
  readonly repositoryForm: string;
  /** How many segments that path has; nothing is known of a form that AWS does not document. */
  readonly repositorySegments: "two" | "two or more" | "unknown";
  /** The right that the person who activates the connection needs there. */
  readonly activator: string;
  /** What the person who sets up a host needs there, for a provider that its users install. */
  readonly hostActivator?: string;
}

/** By every version of the provider that the library works with. */
const EITHER_FAMILY = { [ResourceFamily.CODESTAR_CONNECTIONS]: 5, [ResourceFamily.CODECONNECTIONS]: 5 };

/**
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-create.html
 */
const PROVIDERS: { readonly [type: string]: ProviderFacts } = {
  [ProviderType.BITBUCKET]: {
    label: "Bitbucket",
    installed: false,
    createdBy: EITHER_FAMILY,
    repositoryForm: "workspace/repository",
    repositorySegments: "two",
    activator: 'someone with "Administer workspace" in Bitbucket',
  },
  [ProviderType.GITHUB]: {
    label: "GitHub",
    installed: false,
    createdBy: EITHER_FAMILY,
    repositoryForm: "owner/repository",
    repositorySegments: "two",
    activator: "an owner of the GitHub organization",
  },
  [ProviderType.GITLAB]: {
    label: "GitLab",
    installed: false,
    createdBy: EITHER_FAMILY,
    repositoryForm: "group/project",
    repositorySegments: "two or more",
    activator: "someone with the Owner role on the GitLab project",
  },
  [ProviderType.GITHUB_ENTERPRISE_SERVER]: {
    label: "GitHub Enterprise Server",
    installed: true,
    createdBy: EITHER_FAMILY,
    repositoryForm: "owner/repository",
    repositorySegments: "two",
    activator: "an owner of the GitHub organization",
    hostActivator: "an administrator of the GitHub Enterprise Server",
  },
  [ProviderType.GITLAB_SELF_MANAGED]: {
    label: "GitLab",
    installed: true,
    createdBy: EITHER_FAMILY,
    repositoryForm: "group/project",
    repositorySegments: "two or more",
    activator: "someone with the Owner role on the GitLab project",
    hostActivator: "someone with a GitLab access token that has the scope api",
  },
  [ProviderType.AZURE_DEVOPS]: {
    label: "Azure DevOps",
    installed: false,
    createdBy: { [ResourceFamily.CODECONNECTIONS]: 6 },
    repositoryForm: "organization/project/repository",
    repositorySegments: "unknown",
    activator: "someone with the Administer permission in Azure DevOps",
  },
};

/** What is known of a provider type; nothing of one that is unknown, or that only Terraform knows. */
export function factsOf(providerType: string | undefined): ProviderFacts | undefined {
  return providerType !== undefined && Object.prototype.hasOwnProperty.call(PROVIDERS, providerType)
    ? PROVIDERS[providerType]
    : undefined;
}

/** The provider types of which something holds. */
export function providerTypes(holds: (facts: ProviderFacts) => boolean): string[] {
  return Object.entries(PROVIDERS)
    .filter(([, facts]) => holds(facts))
    .map(([type]) => type);
}
