const nameLengthMax = 255;

/** As names are compared: people take those that differ in case only for one. */
const compared = (name: string): string => name.normalize('NFC').toLowerCase();

/** The name, or where something has it the first of `name-2`, `name-3`, … that is free, before its ending. */
export function freeName(name: string, taken: Iterable<string>): string {
  const others = new Set([...taken].map(compared));
  if (!others.has(compared(name))) return name;
  const [, stem = name, ending = ''] = /^(.+?)(\.[^.]*)?$/su.exec(name) ?? [];
  for (let number = 2; ; number += 1) {
    const end = `-${number}${ending}`;
    const free = `${stem.slice(0, nameLengthMax - end.length)}${end}`;
    if (!others.has(compared(free))) return free;
  }
}
