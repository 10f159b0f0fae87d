/** A text as a quoted string of the Terraform language, with nothing in it left to be interpreted. */
export function quoted(text: string): string {
  // JSON's escapes are the Terraform language's, but for the two that it lacks.
  const json = JSON.stringify(text).replace(/\\[\s\S]/g, (escape) => MISSING_ESCAPES[escape] ?? escape);
  return untemplated(json);
}

/** A template as a quoted string of the Terraform language: what Terraform interprets in it stays, and what is around that is quoted. */
export function quotedTemplate(template: string): string {
  const parts = template.split(/([$%]\{[^{}]*\})/);
  const inside = parts.map((part, index) => (index % 2 === 1 ? part : quoted(part).slice(1, -1)));
  return `"${inside.join("")}"`;
}

/** Whether a template has a beginning that nothing closes, which is one by mistake. */
export function isUnclosed(template: string): boolean {
  // Doubled, they stand for themselves.
  const beginnings = [...template.matchAll(/\$\$\{|%%\{|[$%]\{/g)].filter(([beginning]) => beginning.length === 2);
  const last = beginnings.at(-1);
  return last !== undefined && !template.includes("}", last.index);
}

/** A text in which Terraform finds no template. */
export function untemplated(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

const MISSING_ESCAPES: { readonly [escape: string]: string } = { "\\b": "\\u0008", "\\f": "\\u000c" };
