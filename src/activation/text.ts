import { Fn, ref, Token } from "cdktf";
import { quoted } from "../terraform/hcl";

/** A text with expressions in it. What is fixed in it, and literal values, come out as written. */
export function text(fixed: TemplateStringsArray, ...values: readonly string[]): string {
  const parts = fixed.flatMap((part, index) => [part, values[index] ?? ""]).filter((part) => part !== "");
  return Fn.join(
    "",
    // `Fn.rawString` would leave backslashes as they are.
    parts.map((part) => (Token.isUnresolved(part) ? part : Token.asString(ref(quoted(part))))),
  );
}
