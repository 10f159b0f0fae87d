/**
 * A text as it may be shown: what stands before the `@` of an address, or behind its `?`, may be a credential, a private key is
 * one, and a message ends up in the log of a build. It is taken out before a long text is cut.
 *
 * Each pattern begins with characters that are rare, so that a long text is read once, and not from each of its characters.
 */
export function withoutCredentials(text: string): string {
  return text
    .replace(/(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)[^"]*/g, "$1…")
    .replace(/:\/\/\S{0,8000}@/g, "://…@")
    .replace(/:(?!\/\/)[^\s"'`@]{1,1000}@/g, ":…@")
    .replace(/(:\/\/[^\s"?]{0,8000})\?[^\s"]+/g, "$1?…");
}

/** A text in which a terminal finds nothing to obey, such as an escape sequence or a bell. */
export function withoutControlCharacters(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex -- they are what is taken out
    /[\x00-\x1f\x7f-\x9f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
