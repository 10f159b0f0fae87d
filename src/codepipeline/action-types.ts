/** The action provider of a source action on a connection, and the provider type of its triggers. */
export const CONNECTION_SOURCE = "CodeStarSourceConnection";
