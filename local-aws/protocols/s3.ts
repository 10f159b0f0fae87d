import { randomUUID } from "node:crypto";
import type { Scope } from "../account";
import type { HttpRequest, Protocol } from "../service";
import { unwrapChunks } from "./aws-chunked";
import { s3Operation } from "./s3-operation";
import { buildXml, parseXml } from "./xml";

/** The input of every S3 operation: the request, taken apart. */
export interface S3Input {
  readonly Bucket: string;
  readonly Key: string;
  readonly query: { readonly [name: string]: string | undefined };
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body: Buffer;
}

/** What an S3 operation answers: a 200, unless it says otherwise. */
export interface S3Output {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  readonly xml?: object;
  readonly body?: string | Buffer;
}

export type S3Operation = (input: S3Input, scope: Scope) => S3Output;

/** The answer of an operation that has nothing to tell. */
export const noContent: S3Output = { status: 204 };

/**
 * The REST-XML protocol of S3, in path style.
 *
 * AWS SDKs use that style when the endpoint's host is an IP address, but not for bucket names with dots over plain HTTP:
 * those need `s3_use_path_style` in the provider.
 */
export const s3Protocol: Protocol = {
  read: (request) => {
    const [, bucket = "", key = ""] = /^\/([^/]*)\/?(.*)$/s.exec(request.path) ?? [];
    return { operation: s3Operation(request, bucket, key), input: { ...inputOf(request), Bucket: bucket, Key: key } };
  },
  write: (_operation, output) => {
    const { status = 200, headers, xml, body } = output as S3Output;
    return {
      status,
      headers: { ...ids(), ...(xml && { "content-type": "application/xml" }), ...headers },
      body: xml ? buildXml(xml) : body,
    };
  },
  writeError: ({ code, message, status, headers }) => ({
    status,
    headers: { ...ids(), "content-type": "application/xml", ...headers },
    body: buildXml({ Error: { Code: code, Message: message } }),
  }),
  refusals: {
    denied: ["AccessDenied", 403],
    throttled: ["SlowDown", 503],
    expired: ["ExpiredToken", 400],
    unrecognized: ["InvalidAccessKeyId", 403],
    unavailable: ["InternalError", 500],
  },
};

/** The content of a request's XML document, below its root element. */
export function contentOf({ body }: S3Input, root: string): object {
  const content: unknown = parseXml(body.toString("utf8"))[root];
  return typeof content === "object" && content !== null ? content : {};
}

/** An XML parser cannot tell a list of one from a single element. */
export function many<Item>(value: Item | Item[] | undefined): Item[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function inputOf({ query, headers: given, body: sent }: HttpRequest): Pick<S3Input, "query" | "headers" | "body"> {
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value?.toString()]));
  if (!headers["x-amz-content-sha256"]?.startsWith("STREAMING-")) {
    return { query: Object.fromEntries(query), headers, body: sent };
  }
  const { body, trailers } = unwrapChunks(sent);
  return { query: Object.fromEntries(query), headers: { ...headers, ...trailers }, body };
}

function ids(): { [name: string]: string } {
  return { "x-amz-request-id": randomUUID(), "x-amz-id-2": randomUUID() };
}
