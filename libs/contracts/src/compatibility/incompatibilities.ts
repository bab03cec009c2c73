import type { DescribedContracts, DescribedField, DescribedShape } from './describe-contracts.js';

/**
 * Why two neighbouring versions could not work together, in sentences for a developer; empty when they can. Both directions count: at
 * every moment of a rolling upgrade, and of its way back, an older process asks a newer one and the other way round.
 */
export function incompatibilities(older: DescribedContracts, newer: DescribedContracts): string[] {
  const requests = Object.entries(older.requests).flatMap(([subject, before]) => {
    const after = newer.requests[subject];
    if (!after) return [`${subject}: an older process asks this still, so somebody has to answer it`];
    return [
      ...sent(before.request, after.request).map((finding) => `${subject}: request${finding}`),
      ...received(before.reply, after.reply).map((finding) => `${subject}: reply${finding}`),
    ];
  });
  const events = Object.entries(older.events).flatMap(([subject, before]) => {
    const after = newer.events[subject];
    if (!after) return [`${subject}: an older process waits for this event still`];
    return received(before, after).map((finding) => `${subject}: event${finding}`);
  });
  return [...requests, ...events];
}

/** What asks is old, what reads is new, and the other way round: nothing may be needed that the other doesn't send. */
function sent(before: DescribedShape, after: DescribedShape): string[] {
  return [
    ...changed(before, after),
    ...Object.entries(after)
      .filter(([path, field]) => field.isNeeded && isNew(path, before) && !isInNew(path, before, after))
      .map(([path]) => `${path} is needed, but an older process does not send it: give it a default`),
    ...Object.entries(before).flatMap(([path, field]) => [
      ...(after[path]?.isNeeded && !field.isNeeded
        ? [`${path} is needed now, but an older process may leave it out`]
        : []),
      ...(field.isNeeded && !after[path] ? [`${path} is gone, but an older process needs it when it is asked`] : []),
      ...missing(field.values, after[path]?.values).map((value) => `${path} no longer knows "${value}"`),
    ]),
  ];
}

/** What answers is old or new, what reads is new or old: readers of both find what they need. */
function received(before: DescribedShape, after: DescribedShape): string[] {
  return [
    ...changed(before, after),
    ...Object.entries(after)
      .filter(([path, field]) => field.isNeeded && isNew(path, before) && !isInNew(path, before, after))
      .map(([path]) => `${path} is new, and an older process does not send it: make it optional`),
    ...Object.entries(before)
      .filter(([path, field]) => field.isNeeded && !after[path]?.isNeeded)
      .map(([path]) => `${path} is not always there now, but an older process relies on it`),
  ];
}

const changed = (before: DescribedShape, after: DescribedShape): string[] =>
  Object.entries(before)
    .filter(([path, field]) => after[path] && !sameTypes(field, after[path]))
    .map(([path, field]) => `${path} was ${field.types.join(' or ')}, and is ${after[path]?.types.join(' or ')} now`);

/** More types than before are none the older process could read. */
const sameTypes = (one: DescribedField, other: DescribedField): boolean => one.types.join() === other.types.join();

const isNew = (path: string, before: DescribedShape): boolean => !(path in before);

/** Whether it is a part of something that is new itself: that one's being optional is enough. */
function isInNew(path: string, before: DescribedShape, after: DescribedShape): boolean {
  return Object.keys(after).some(
    (other) =>
      other !== path && isNew(other, before) && path.startsWith(other) && /^[.[{|]/.test(path.slice(other.length)),
  );
}

const missing = (before: readonly string[] = [], after: readonly string[] | undefined): string[] =>
  after ? before.filter((value) => !after.includes(value)) : [];
