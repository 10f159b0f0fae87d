import { PROVIDERS, type ProviderFacts } from "../connection/provider-type";
import { all, characters, type Constraint, matching, without } from "../validation/constraint";
import type { Rule } from "../validation/rule";

/** The web addresses that people paste; a path never starts with one. */
const HOSTS = "(bitbucket\\.org|github\\.com|gitlab\\.com|ssh\\.dev\\.azure\\.com|dev\\.azure\\.com)";

/** One part of a path: no white space, and none of the characters that make a URL of it. */
const SEGMENT = "[^/\\\\:@?#\\x00-\\x20\\x7f]+";

const FORMS = {
  two: path(`^${SEGMENT}/${SEGMENT}$`),
  "two or more": path(`^${SEGMENT}(/${SEGMENT})+$`),
  // AWS does not document the form, so only the limit of every configuration value holds.
  unknown: characters(1, 1000),
} satisfies { [segments in ProviderFacts["repositorySegments"]]: Constraint };

function path(pattern: string): Constraint {
  return all(characters(1, 1000), matching(pattern), without("\\.git$"), without(`^(www\\.)?${HOSTS}/`));
}

/** The rule on a repository's path, as its provider writes paths. */
export function repositoryPath(providerType: string | undefined): Rule {
  const { repositoryForm: form, repositorySegments: segments } =
    PROVIDERS[providerType ?? ""] ??
    ({ repositoryForm: "owner/repository", repositorySegments: "two or more" } as const);
  return {
    must: FORMS[segments],
    sentence:
      segments === "unknown"
        ? `must be 1 to 1000 characters long, such as "${form}"`
        : `must be the repository's path, such as "${form}": no URL, no ".git", no spaces, no empty parts`,
    see: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html",
    meant: pathInAddress,
  };
}

/** The path inside a web or git address: `git@bitbucket.org:acme/shop.git` becomes `acme/shop`. */
function pathInAddress(address: string): string {
  return address
    .trim()
    .replace(/^[a-z+]+:\/\//i, "")
    .replace(/^[^/@]*@/, "")
    .replace(new RegExp(`^(www\\.)?${HOSTS}(:\\d+)?[:/]+`, "i"), "")
    .replace(/^[^/:]+:(?:\d+\/)?/, "")
    .replace(/[?#].*$/, "")
    .replace(/\/(-|src|tree|blob|commits?|branch|pull-requests|pulls?)\/.*$/, "")
    .split("/")
    .map((segment) => segment.trim().replace(/\s+/g, "-"))
    .filter((segment) => segment !== "")
    .join("/")
    .replace(/(\.git)+$/, "");
}
