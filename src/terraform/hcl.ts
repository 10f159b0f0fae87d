import { parsed } from "./template";

/** A text as a quoted string of the Terraform language, with nothing in it left to be interpreted. */
export function quoted(text: string): string {
  // JSON's escapes are the Terraform language's, but for the two that it lacks.
  const json = JSON.stringify(text).replace(/\\[\s\S]/g, (escape) => MISSING_ESCAPES[escape] ?? escape);
  return untemplated(json);
}

/** A template as a quoted string of the Terraform language: what Terraform interprets in it stays, and what is around that is quoted. */
export function quotedTemplate(template: string): string {
  const { literals, evaluated } = parsed(template);
  const inside = literals.map((literal, index) => `${quotedLiteral(literal)}${evaluated[index] ?? ""}`);
  return `"${inside.join("")}"`;
}

/** What stands for itself in a template, doubled signs and all, which stay as they are. */
function quotedLiteral(literal: string): string {
  return quoted(literal.replace(/([$%])\1(?=\{)/g, "$1")).slice(1, -1);
}

/** A text in which Terraform finds no template. */
export function untemplated(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

const MISSING_ESCAPES: { readonly [escape: string]: string } = { "\\b": "\\u0008", "\\f": "\\u000c" };
