import { bytes, characters, type Constraint } from "./constraint";

/** What the length of a text is counted in. */
export interface LengthUnit {
  /** Its name in a sentence, in the plural. */
  readonly label: string;
  readonly count: (text: string) => number;
  /** That a text is so long, and no longer. */
  readonly between: (min: number, max: number) => Constraint;
}

/** Unicode code points, as AWS counts. */
export const CHARACTERS: LengthUnit = {
  label: "characters",
  count: (text) => Array.from(text).length,
  between: characters,
};

/** Bytes of UTF-8, as the newer resources of Terraform's AWS provider count. */
export const BYTES: LengthUnit = {
  label: "bytes (a character takes 1 to 4)",
  count: (text) => Buffer.byteLength(text),
  between: bytes,
};
