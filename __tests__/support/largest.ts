/** The largest count for which something holds. */
export function largest(holds: (count: number) => boolean): number {
  let [low, high] = [1, 2048];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
