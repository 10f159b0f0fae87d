import { factsOf, type ProviderFacts, type ProviderType } from "../connection/provider-type";
import { all, anyCase, characters, type Constraint, matching, without } from "../validation/constraint";
import type { Rule } from "../validation/rule";
import { ACTION, noPipelineVariable } from "./limits";

/** The web addresses that people paste, in any case; a path never starts with one. */
const HOSTS = ["bitbucket.org", "github.com", "gitlab.com", "ssh.dev.azure.com", "dev.azure.com"]
  .map(anyCase)
  .join("|");

/** Unicode's spaces, which may be copied along unseen. */
const SPACES = "\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff";

/** One part of a path: no white space, and none of the characters that make a URL of it. */
const SEGMENT = `[^/\\\\:@?#\\x00-\\x20\\x7f${SPACES}]+`;

/** The same, with spaces inside. */
const SPACED = `${SEGMENT}( +${SEGMENT})*`;

const FORMS = {
  two: path(`^${SEGMENT}/${SEGMENT}$`),
  "two or more": path(`^${SEGMENT}(/${SEGMENT})+$`),
  // It may be one with spaces, in Azure DevOps.
  any: path(`^${SPACED}(/${SPACED})+$`),
  // AWS does not document the form, so only what no path can be is refused.
  unknown: all(characters(1, 1000), matching(`[^\\x00-\\x20${SPACES}]`), without("://"), noPipelineVariable.must),
} satisfies { [segments in ProviderFacts["repositorySegments"] | "any"]: Constraint };

function path(pattern: string): Constraint {
  return all(
    characters(1, 1000),
    matching(pattern),
    without(`\\.${anyCase("git")}$`),
    without(`^([Ww]{3}\\.)?(${HOSTS})/`),
    without("(^|/)\\.{1,2}(/|$)"),
  );
}

/** The rule on a repository's path, as its provider writes paths. */
export function repositoryPath(providerType: ProviderType | undefined): Rule {
  const { repositoryForm, repositorySegments } = factsOf(providerType) ?? {};
  return pathOf(repositoryForm ?? SAMPLE, repositorySegments ?? "any");
}

/** The path of most providers. */
const SAMPLE = "owner/repository";

/** The rule on a path of which the provider is not known, and may be the one whose form is not documented. */
export const anyRepositoryPath: Rule = pathOf(SAMPLE, "unknown");

const PARTS = { two: "exactly two parts", "two or more": "two or more parts", any: "two or more parts" };

function pathOf(form: string, segments: keyof typeof FORMS): Rule {
  const start = "must be the repository's path, 1 to 1000 characters";
  return {
    must: FORMS[segments],
    sentence:
      segments === "unknown"
        ? `${start}, such as "${form}". Not allowed: a URL and a pipeline variable`
        : `${start} in ${PARTS[segments]}, such as "${form}". Not allowed: a URL, ".git" at the end` +
          `${segments === "any" ? "" : ", spaces"}, the characters : @ ? # \\, a pipeline variable, and an empty, ` +
          '"." or ".." part',
    see: ACTION,
    meant: (address) => pathInAzureAddress(address) ?? pathInAddress(address),
    // A remote's address can hold a token.
    isOnSecrets: true,
  };
}

/** Organization, project and repository in an address of Azure DevOps, which may hold encoded spaces. */
function pathInAzureAddress(address: string): string | undefined {
  const parts = AZURE.exec(address.trim())?.slice(1);
  if (parts === undefined) return undefined;
  const [organization = parts[1] ?? parts[2], , , project, repository] = parts;
  try {
    // The repository that a project begins with is called like the project, and left out.
    return [organization, project ?? repository, repository].map((part) => decodeURIComponent(part ?? "")).join("/");
  } catch {
    return undefined;
  }
}

const AZURE =
  /^(?:[a-z+]+:\/\/)?(?:[^/@]*@)?(?:dev\.azure\.com\/([^/]+)|([^/.]+)\.visualstudio\.com(?:\/DefaultCollection)?|ssh\.dev\.azure\.com(?::22)?[:/]v3\/([^/]+))(?:\/(?!_git\/)([^/?#]+))?\/(?:_git\/)?([^/?#]+)/i;

/** The path inside a web or git address: `git@bitbucket.org:acme/shop.git` becomes `acme/shop`. */
function pathInAddress(address: string): string {
  return (
    address
      .trim()
      .replace(/^[a-z+]+:\/\/[^/]*\/*/i, "")
      .replace(/^[^/@]*@/, "")
      .replace(new RegExp(`^(www\\.)?(${HOSTS})(:\\d+)?[:/]+(v3/)?`, "i"), "")
      .replace(/^[^/:]+:(?:\d+\/)?/, "")
      // A pipeline variable is no part of an address.
      .replace(/[?#](?!\{).*$/, "")
      .replace(/\\/g, "/")
      .replace(
        /^([^/]+\/.+?)\/(-|src|tree|blob|commits?|branch(es)?|pull-requests|pulls?|issues|actions)(\/.*)?$/,
        "$1",
      )
      .split("/")
      .map((segment) => segment.trim().replace(/\s+/g, "-"))
      .filter((segment) => segment !== "")
      .join("/")
      .replace(/(\.git)+$/i, "")
  );
}
