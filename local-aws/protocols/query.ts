import { randomUUID } from "node:crypto";
import type { HttpResponse, Input, Protocol } from "../service";
import { buildXml } from "./xml";

/**
 * The AWS query protocol of IAM and STS: a form in, XML out. Lists are arrays in an operation's output.
 *
 * An empty list arrives as an empty string, because a form has no other way to say it.
 */
export function queryProtocol(xmlNamespace: string): Protocol {
  return {
    read: ({ body }) => {
      const form = new URLSearchParams(body.toString("utf8"));
      const operation = form.get("Action") ?? "";
      form.delete("Action");
      form.delete("Version");
      return { operation, input: nest(form) };
    },
    write: (operation, output) =>
      xml(200, {
        [`${operation}Response`]: {
          "@_xmlns": xmlNamespace,
          ...(output === undefined ? {} : { [`${operation}Result`]: members(output) }),
          ResponseMetadata: { RequestId: randomUUID() },
        },
      }),
    writeError: ({ code, message, status }) =>
      xml(status, {
        ErrorResponse: {
          "@_xmlns": xmlNamespace,
          Error: { Type: status < 500 ? "Sender" : "Receiver", Code: code, Message: message },
          RequestId: randomUUID(),
        },
      }),
    refusals: {
      denied: ["AccessDenied", 403],
      throttled: ["Throttling", 400],
      expired: ["ExpiredToken", 403],
      unrecognized: ["InvalidClientTokenId", 403],
      unavailable: ["ServiceUnavailable", 503],
    },
  };
}

function xml(status: number, document: object): HttpResponse {
  return { status, headers: { "content-type": "text/xml" }, body: buildXml(document) };
}

/** `Tags.member.1.Key=a` becomes `{ Tags: [{ Key: "a" }] }`. */
function nest(form: URLSearchParams): Input {
  const root: Input = {};
  for (const [name, value] of form) {
    const path = name.split(".").filter((part) => part !== "member");
    let node = root;
    path.forEach((part, depth) => {
      const next = path[depth + 1];
      const key = isIndex(part) ? Number(part) - 1 : part;
      if (next === undefined) node[key] = value;
      else node = (node[key] ??= isIndex(next) ? [] : {}) as Input;
    });
  }
  return root;
}

function isIndex(part: string): boolean {
  return /^[1-9]\d*$/.test(part);
}

/** The query protocol wraps every list in `member` elements. */
function members(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? { member: value.map(members) } : "";
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [name, members(field)]),
  );
}
