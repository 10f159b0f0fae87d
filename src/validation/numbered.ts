/** What the elements of a list are called: the first has the plain name, as if it were the only one. */
export function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}${index + 1}`;
}
