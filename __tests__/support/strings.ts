import fc from "fast-check";

/** Pieces that two readers of a string may well read differently. */
const PIECES = [
  ...["${", "}", "%{", "$${", "%%{", "${var.x}", "%{ if true }", "#{variables.x}", '"', "'", "`", "\\", "\\n", "\\\\"],
  ...["\n", "\r\n", "\t", "\0", "\u0001", "\u007f", "\u0085", "\u00a0", "\u2028", "\u2029", "\u200b", "\ufeff"],
  ...[
    "é",
    "e\u0301",
    "\u0301",
    "ﬁ",
    "Å",
    "\u212b",
    "İ",
    "ß",
    "中",
    "한",
    "\u1112\u1161\u11ab",
    "🙂",
    "👨‍👩‍👧",
    "\u{10ffff}",
    "\ud800",
  ],
  ...["/", "//", "://", ":", ".", "..", ".git", ".GIT", "@", "?", "#", "*", "**", "-", "_", "+", "=", ",", " ", "  "],
  ...["^", "$", "(", ")", "[", "]", "|", "<", ">", "&", "~", "a", "Z", "0", "9", "aws", "arn:", "github.com/", "www."],
];

/** Any character, but no half of one. A string of fast-check's own unit for that first makes a list of all of them. */
const character = fc.mapToConstant(
  { num: 0xd800, build: (code) => String.fromCodePoint(code) },
  { num: 0x110000 - 0xe000, build: (code) => String.fromCodePoint(0xe000 + code) },
);

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
  {
    weight: 1,
    arbitrary: fc.array(character, { minLength: 1, maxLength: 3 }).map((characters) => characters.join("")),
  },
);

/** A string that grew out of a seed: something was put into it, taken out of it, repeated, or changed in case. */
function grownFrom(seeds: readonly string[]): fc.Arbitrary<string> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  return fc.constantFrom(...seeds).chain((seed) => {
    const points = Array.from(seed);
    const at = (part: number): number => Math.floor(part * points.length);
    const spliced = (part: number, taken: number, put = ""): string =>
      [...points.slice(0, at(part)), put, ...points.slice(at(part) + taken)].join("");
    const letter = fc.constantFrom(..."abcxyzABC0123456789-_".split(""));
    return fc.oneof(
      fc.tuple(place, piece).map(([part, put]) => spliced(part, 0, put)),
      fc.tuple(place, piece).map(([part, put]) => spliced(part, 1, put)),
      {
        weight: 3,
        arbitrary: fc.tuple(place, letter).map(([part, put]) => spliced(part, 1, put)),
      },
      fc.tuple(place, letter).map(([part, put]) => spliced(part, 0, put)),
      place.map((part) => spliced(part, 1)),
      fc.tuple(place, place).map(([one, other]) => points.slice(at(one), at(other)).join("")),
      fc.constantFrom(seed.toUpperCase(), seed.toLowerCase(), `${seed}\n`, ` ${seed}`, seed + seed),
    );
  });
}

/** Strings that are as likely near one of the seeds as they are anything at all. */
export function stringsNear(seeds: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: grownFrom(seeds) },
    { weight: 1, arbitrary: fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join("")) },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
  );
}

/** Strings whose length is a bound of AWS or one beyond it, in several alphabets. */
export const LONG_STRINGS: readonly string[] = [32, 64, 100, 255, 512, 1000, 16_384].flatMap((bound) =>
  [bound - 1, bound, bound + 1].flatMap((count) =>
    ["x", "é", "e\u0301", "🙂", "\n", "👨‍👩‍👧", "/"].map((unit) => unit.repeat(count)),
  ),
);

/** The pieces by themselves, and nothing at all. */
export const SHORT_STRINGS: readonly string[] = ["", ...PIECES];
