/** The steps of a glob that are not unusual. */
const STEPS = /\*+|\?|\\[\s\S]|\[!?(?:a-z|A-Z|0-9|\w)+\]|\{[^*?[\]{}\\]*\}|[^*?[\]{}\\]+/g;

/** Whether a glob is sure to match a name. It keeps all places that its steps can lead to, so it never goes back. */
export function matches(glob: string, name: string): boolean {
  const steps = glob.match(STEPS) ?? [];
  if (/[*?[\]{}\\]/.test(name) || steps.join("") !== glob) return false;
  let places = new Set([0]);
  for (const step of steps) {
    const isStar = step.startsWith("*");
    const next = new Set(isStar ? places : []);
    // With a star, the set grows as it is read.
    for (const place of isStar ? next : places) for (const length of taken(step, name, place)) next.add(place + length);
    places = next;
  }
  return places.has(name.length);
}

/** How many characters a step can take from a place on. */
function taken(step: string, name: string, place: number): number[] {
  if (step.startsWith("**")) return place < name.length ? [1] : [];
  const character = name[place] ?? "/";
  if (/^[*?]/.test(step)) return character === "/" ? [] : [1];
  if (step.startsWith("[")) return character !== "/" && new RegExp(step.replace("[!", "[^")).test(character) ? [1] : [];
  const words = step.startsWith("{") ? step.slice(1, -1).split(",") : [step.replace(/^\\/, "")];
  return words.filter((word) => name.startsWith(word, place)).map(({ length }) => length);
}
