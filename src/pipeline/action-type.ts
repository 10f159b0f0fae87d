/** The action provider of a source action on a connection, and the provider type of its triggers. */
export const CONNECTION_SOURCE = "CodeStarSourceConnection";

/** The output format that is a reference to the repository, not its files. */
export const FULL_CLONE = "CODEBUILD_CLONE_REF";
