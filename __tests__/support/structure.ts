/** What Terraform's JSON holds. */
interface Json {
  readonly [key: string]: unknown;
}

/** What is wrong with a synthesised stack, as far as its structure tells. */
export function faultsOf(json: string): string[] {
  const stack = JSON.parse(json) as { readonly [kind: string]: { readonly [type: string]: Json } };
  const known = new Set([
    ...addresses(stack.resource).map((address) => address),
    ...addresses(stack.data).map((address) => `data.${address}`),
    ...Object.keys(stack.variable ?? {}).map((name) => `var.${name}`),
    ...Object.keys(stack.locals ?? {}).map((name) => `local.${name}`),
    ...Object.values(stack.check ?? {}).flatMap((check) =>
      addresses(check.data as never).map((address) => `data.${address}`),
    ),
  ]);
  return stringsIn(stack).flatMap((string) => [
    ...(/(?<!\$)\$\{[^}]*$|(?<!%)%\{[^}]*$/.test(string.replace(/\$\$\{|%%\{/g, "")) ? [`not closed: ${string}`] : []),
    ...(/TfToken\[|\[object |\bundefined\b/.test(string) ? [`not rendered: ${string}`] : []),
    ...referencesIn(string)
      .filter((reference) => !known.has(reference))
      .map((reference) => `nothing is called ${reference}: ${string}`),
  ]);
}

function addresses(blocks: { readonly [type: string]: Json } | undefined): string[] {
  return Object.entries(blocks ?? {}).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));
}

/** The references in a string's templates, without what is quoted there. */
function referencesIn(string: string): string[] {
  const expressions = [...string.matchAll(/(?<!\$)\$\{((?:[^{}"]|"(?:[^"\\]|\\.)*"|\{[^{}]*\})*)\}/g)].map(
    ([, inside = ""]) => inside,
  );
  return expressions
    .map((expression) => expression.replace(/"(?:[^"\\]|\\.)*"/g, '""'))
    .flatMap((expression) => expression.match(/\b(data\.aws_\w+|aws_\w+|var|local)\.[\w-]+/g) ?? []);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => key !== "//")
    .flatMap(([key, each]) => [key, ...stringsIn(each)]);
}
