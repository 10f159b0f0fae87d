import { enumLike, membersOf } from "../validation/kind";
import { ResourceFamily } from "./resource-family";

/**
 * The repository provider, such as Bitbucket or GitHub.
 *
 * @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_Connection.html
 */
export class ProviderType {
  private static readonly byValue = new Map<string, ProviderType>();

  /** Bitbucket Cloud. */
  public static readonly BITBUCKET = ProviderType.of("Bitbucket");
  /** GitHub.com and GitHub Enterprise Cloud. */
  public static readonly GITHUB = ProviderType.of("GitHub");
  /** GitLab.com. */
  public static readonly GITLAB = ProviderType.of("GitLab");
  /** GitHub Enterprise Server: installed by its users, so a connection needs a `ConnectionHost`. */
  public static readonly GITHUB_ENTERPRISE_SERVER = ProviderType.of("GitHubEnterpriseServer");
  /** GitLab self-managed: installed by its users, so a connection needs a `ConnectionHost`. */
  public static readonly GITLAB_SELF_MANAGED = ProviderType.of("GitLabSelfManaged");
  /** Azure DevOps: only `ResourceFamily.CODECONNECTIONS` with AWS provider 6 or newer can create it. */
  public static readonly AZURE_DEVOPS = ProviderType.of("AzureDevOps");

  /**
   * A provider type by its value: for an expression, or for a type that this library does not know. A literal that the
   * library does not know is an error for a new connection or host, and a warning for an existing one.
   *
   * The same value returns the same object.
   *
   * @param value as AWS writes it, such as `Bitbucket`; it may be an expression
   */
  public static of(value: string): ProviderType {
    const known = ProviderType.byValue.get(value);
    if (known !== undefined) return known;
    const made = new ProviderType(value);
    ProviderType.byValue.set(value, made);
    return made;
  }

  private constructor(
    /** The value, as AWS writes it. */
    public readonly value: string,
  ) {}

  /** The value, as AWS writes it. */
  public toString(): string {
    return this.value;
  }
}

export const PROVIDER_TYPE = enumLike("a", "ProviderType", ProviderType);

/** What the library knows of one provider; the rest of it asks this table and names no provider. */
export interface ProviderFacts {
  /** The provider's name as people write it. */
  readonly label: string;
  /** Whether its users install it themselves, so that a connection goes through a host. */
  readonly installed: boolean;
  /** The families that can create a connection to it, each with the first version of the AWS provider that can. */
  readonly createdBy: { readonly [family in ResourceFamily]?: string };
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
const EITHER_FAMILY = { [ResourceFamily.CODESTAR_CONNECTIONS]: "5.0", [ResourceFamily.CODECONNECTIONS]: "5.0" };

/**
 * The first version of the AWS provider that can create connections to Azure DevOps. Inferred: the API has had the type since
 * 4 August 2025, and the releases of the provider before this one are older.
 *
 * @see https://github.com/boto/botocore/blob/1.40.2/CHANGELOG.rst
 */
export const AZURE_DEVOPS_SINCE = "6.8";

/**
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-create.html
 */
const PROVIDERS: { readonly [type: string]: ProviderFacts } = {
  [ProviderType.BITBUCKET.value]: {
    label: "Bitbucket",
    installed: false,
    createdBy: EITHER_FAMILY,
    repositoryForm: "workspace/repository",
    repositorySegments: "two",
    activator: 'someone with "Administer workspace" in Bitbucket',
  },
  [ProviderType.GITHUB.value]: {
    label: "GitHub",
    installed: false,
    createdBy: EITHER_FAMILY,
    repositoryForm: "owner/repository",
    repositorySegments: "two",
    activator: "an owner of the GitHub organization",
  },
  [ProviderType.GITLAB.value]: {
    label: "GitLab",
    installed: false,
    createdBy: EITHER_FAMILY,
    repositoryForm: "group/project",
    repositorySegments: "two or more",
    activator: "someone with the Owner role on the GitLab project",
  },
  [ProviderType.GITHUB_ENTERPRISE_SERVER.value]: {
    label: "GitHub Enterprise Server",
    installed: true,
    createdBy: EITHER_FAMILY,
    repositoryForm: "owner/repository",
    repositorySegments: "two",
    activator: "an owner of the GitHub organization",
    hostActivator: "an administrator of the GitHub Enterprise Server",
  },
  [ProviderType.GITLAB_SELF_MANAGED.value]: {
    label: "GitLab",
    installed: true,
    createdBy: EITHER_FAMILY,
    repositoryForm: "group/project",
    repositorySegments: "two or more",
    activator: "someone with the Owner role on the GitLab project",
    hostActivator: "someone with a GitLab access token that has the scope api",
  },
  [ProviderType.AZURE_DEVOPS.value]: {
    label: "Azure DevOps",
    installed: false,
    createdBy: { [ResourceFamily.CODECONNECTIONS]: AZURE_DEVOPS_SINCE },
    repositoryForm: "organization/project/repository",
    repositorySegments: "unknown",
    activator: "someone with the Administer permission in Azure DevOps",
  },
};

/** What is known of a provider type; nothing of one that is unknown, or an expression. */
export function factsOf(providerType: ProviderType | undefined): ProviderFacts | undefined {
  // A caller without a type checker may have given anything.
  const value = membersOf(providerType).value;
  return typeof value === "string" && Object.prototype.hasOwnProperty.call(PROVIDERS, value)
    ? PROVIDERS[value]
    : undefined;
}

/** The provider types of which something holds. */
export function providerTypes(holds: (facts: ProviderFacts) => boolean): string[] {
  return Object.entries(PROVIDERS)
    .filter(([, facts]) => holds(facts))
    .map(([type]) => type);
}
