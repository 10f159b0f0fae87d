import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What a file of the project says, which is generated. With `UPDATE_APPROVED=true` it is written anew first; read the
 * change before you commit it.
 */
export function approved(path: string, generated: string): string {
  const file = join(__dirname, "..", "..", path);
  if (process.env.UPDATE_APPROVED === "true") writeFileSync(file, generated);
  return readFileSync(file, "utf8");
}
