import { randomUUID } from "node:crypto";
import { XMLBuilder } from "fast-xml-parser";
import type { HttpResponse, Input, Protocol } from "../service";

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });

/** The AWS query protocol of IAM and STS: a form in, XML out. Lists are arrays in an operation's output. */
export function queryProtocol(xmlNamespace: string): Protocol {
  return {
    read: ({ body }) => {
      const { Action, Version: _version, ...fields } = Object.fromEntries(new URLSearchParams(body.toString("utf8")));
      return { operation: Action ?? "", input: nest(fields) };
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
        ErrorResponse: { Error: { Type: "Sender", Code: code, Message: message }, RequestId: randomUUID() },
      }),
  };
}

function xml(status: number, document: object): HttpResponse {
  return { status, headers: { "content-type": "text/xml" }, body: String(builder.build(document)) };
}

/** `Tags.member.1.Key=a` becomes `{ Tags: [{ Key: "a" }] }`. */
function nest(fields: Record<string, string>): Input {
  const root: Input = {};
  for (const [name, value] of Object.entries(fields)) {
    const path = name.split(".").filter((part) => part !== "member");
    let node = root;
    path.forEach((part, depth) => {
      const next = path[depth + 1];
      const key = /^\d+$/.test(part) ? Number(part) - 1 : part;
      if (next === undefined) node[key] = value;
      else node = (node[key] ??= /^\d+$/.test(next) ? [] : {}) as Input;
    });
  }
  return root;
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
