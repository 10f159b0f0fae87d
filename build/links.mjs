import { statSync } from "node:fs";
import { join } from "node:path";

/** The targets of Markdown links that are relative to the file. */
const RELATIVE = /(?<=\]\()(?![a-z]+:|#)([^)#\s]+)/g;

/** Where the repository is seen in a browser. */
export const homeOf = ({ repository }) => repository.url.replace(/^git\+|\.git$/g, "");

/**
 * The text of a Markdown file of the repository, with links to the repository at the tag of a version in place of relative
 * ones: they work where npm shows the file. A link to what is not there is an error.
 */
export function withAbsoluteLinks(text, root, description) {
  return text.replace(RELATIVE, (path) => {
    const kind = path.endsWith(".svg") ? "raw" : statSync(join(root, path)).isDirectory() ? "tree" : "blob";
    return `${homeOf(description)}/${kind}/v${description.version}/${path}`;
  });
}
