/** How many members two lists have in common at their start, and behind that at their end: the very same ones. */
export function sharedEnds<T>(
  one: readonly T[],
  other: readonly T[],
): { readonly start: number; readonly end: number } {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  return { start, end };
}
