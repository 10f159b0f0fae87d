import { XMLBuilder, XMLParser } from "fast-xml-parser";
import { AwsError } from "../aws-error";
import type { Input } from "../service";

// Attributes are kept because S3 types its grantees with one. Values stay strings: `007` is a fine tag value.
const parser = new XMLParser({
  ignoreAttributes: false,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
  // The parser's own decoding leaves numeric entities as they are, and Go writes quotes with them.
  processEntities: false,
  tagValueProcessor: (_name, value) => value.replace(/&(#x[0-9a-f]+|#\d+|amp|lt|gt|quot|apos);/gi, decoded),
});
// eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is another package, which this one brings along
const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });

/** An XML document as data: an element that occurs several times is an array, attributes start with `@_`. */
export function parseXml(document: string): Input {
  try {
    return parser.parse(document) as Input;
  } catch {
    throw new AwsError("MalformedXML", "The XML you provided was not well-formed");
  }
}

export function buildXml(document: object): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document)}`;
}

const named: { readonly [entity: string]: string } = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decoded(_entity: string, name: string): string {
  if (!name.startsWith("#")) return named[name] ?? "";
  return String.fromCodePoint(/^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1)));
}
