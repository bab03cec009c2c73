const keyLengthMax = 12;

/** A key to begin with for a space of this name: initials of several words, or the one word; empty where the name has no letter that a key can hold. */
export function proposedKey(name: string): string {
  const words = name
    .normalize('NFKD')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map((word) => word.replaceAll(/[^A-Za-z0-9]/g, ''))
    .filter((word) => word !== '');
  const key = words.length > 1 ? words.map((word) => word[0]).join('') : (words[0] ?? '');
  return key.toUpperCase().slice(0, keyLengthMax);
}
