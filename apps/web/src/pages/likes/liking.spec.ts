import { describe, expect, it } from '@jest/globals';
import { isLikedBy, liked, likesOf } from './liking.js';

const rei = { name: 'rei', fullName: 'Rei' };
const ken = { name: 'ken', fullName: 'Ken' };
const page = { likes: [{ user: rei }], total: 1, commentLikes: { '3': { likes: [{ user: ken }], total: 1 } } };

describe('likes', () => {
  it('of the page and of its comments are told apart', () => {
    expect(isLikedBy(likesOf(page, '1', '1'), 'rei')).toBe(true);
    expect(isLikedBy(likesOf(page, '1', '3'), 'rei')).toBe(false);
    expect(likesOf(page, '1', '5')).toEqual({ likes: [], total: 0 });
  });

  it('change at once for one content only, and once', () => {
    const more = liked(page, '1', '3', rei, true);
    expect(more).toEqual({ ...page, commentLikes: { '3': { likes: [{ user: ken }, { user: rei }], total: 2 } } });
    expect(liked(more, '1', '3', rei, true)).toBe(more);
    expect(liked(more, '1', '3', rei, false)).toEqual(page);
    expect(liked(page, '1', '1', rei, false)).toEqual({ ...page, likes: [], total: 0 });
  });

  it('count those that are not named', () => {
    expect(liked({ ...page, total: 900 }, '1', '1', ken, true).total).toBe(901);
  });
});
