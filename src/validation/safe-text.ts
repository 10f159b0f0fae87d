/**
 * A text as it may be shown: what stands before the `@` of an address, or behind its `?`, may be a credential, and a message
 * ends up in the log of a build. It is taken out before a long text is cut.
 */
export function withoutCredentials(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)\S*@/gi, "$1…@")
    .replace(/[^\s"'`(/:@]+:(?!\/\/)[^\s"'`@]*@/g, "…@")
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s"?]*)\?[^\s"]+/gi, "$1?…");
}

/** A text in which a terminal finds nothing to obey, such as an escape sequence or a bell. */
export function withoutControlCharacters(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex -- they are what is taken out
    /[\x00-\x1f\x7f-\x9f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
