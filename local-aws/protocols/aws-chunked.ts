/** A body without its `aws-chunked` wrapping, and the headers that trailed it. */
export interface Unwrapped {
  readonly body: Buffer;
  readonly trailers: { readonly [name: string]: string };
}

/**
 * Undoes the `aws-chunked` content encoding, in which SDKs send uploads whose checksum they learn on the way: chunks of
 * `<hex size>[;chunk-signature=…]\r\n<data>\r\n`, one of size 0, then trailers.
 */
export function unwrapChunks(wrapped: Buffer): Unwrapped {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = wrapped.indexOf("\r\n", at);
    const size = parseInt(wrapped.toString("latin1", at, lineEnd), 16);
    if (lineEnd < 0 || Number.isNaN(size)) throw new Error("The aws-chunked body is not well-formed");
    at = lineEnd + 2;
    if (size === 0) break;
    chunks.push(wrapped.subarray(at, at + size));
    at += size + 2;
  }
  const trailers = wrapped.toString("latin1", at).split("\r\n").filter(Boolean).map(trailer);
  return { body: Buffer.concat(chunks), trailers: Object.fromEntries(trailers) };
}

function trailer(line: string): [name: string, value: string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
