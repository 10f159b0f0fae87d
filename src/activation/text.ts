import { Fn, Token } from "cdktf";

/** A text with expressions in it. Its fixed parts may hold quotes and line breaks, but no backslashes. */
export function text(fixed: TemplateStringsArray, ...values: readonly string[]): string {
  const parts = fixed.flatMap((part, index) => [part, values[index] ?? ""]).filter((part) => part !== "");
  return Fn.join(
    "",
    parts.map((part) => (Token.isUnresolved(part) ? part : Fn.rawString(part))),
  );
}
