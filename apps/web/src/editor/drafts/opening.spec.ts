import { describe, expect, it } from '@jest/globals';
import type { Draft } from '../../rest/drafts';
import type { EditedPage } from '../../rest/writing';
import { openingOf } from './opening';

const page = (status: 'current' | 'draft' = 'current') =>
  ({
    id: '1',
    title: 'Title',
    status,
    version: { number: 3, when: 'page-time' },
    body: { storage: { value: '<p>page</p>' } },
  }) as EditedPage;
const draft: Draft = {
  title: 'Title',
  body: { storage: { value: '<p>draft</p>' } },
  version: 2,
  revision: 7,
  savedAt: 'draft-time',
};
const local = (basis: string) => ({ title: 'Title', body: '<p>local</p>', version: 2, basis, when: 'local-time' });

describe('what an editor opens with', () => {
  it('is the page where there is no draft', () => {
    expect(openingOf(page(), null, undefined)).toMatchObject({ body: '<p>page</p>', version: 3, from: 'page' });
    expect(openingOf(undefined, null, undefined)).toMatchObject({ body: '', title: '', version: 0, from: 'page' });
  });

  it('is the draft, with the version that it was made from', () => {
    const opening = openingOf(page(), draft, undefined);
    expect(opening).toMatchObject({ body: '<p>draft</p>', version: 2, revision: 7, from: 'draft', when: 'draft-time' });
  });

  it('is the page when the draft says the same', () => {
    const same = { ...draft, body: page().body };
    expect(openingOf(page(), same, undefined)).toMatchObject({ from: 'page', version: 3, revision: 7 });
  });

  it('is what lies in the browser when that goes on from the draft', () => {
    const opening = openingOf(page(), draft, local('7'));
    expect(opening).toMatchObject({ body: '<p>local</p>', revision: 7, from: 'browser', when: 'local-time' });
    expect(openingOf(page(), null, local('0'))).toMatchObject({ body: '<p>local</p>', from: 'browser' });
    expect(openingOf(page('draft'), null, local('page-time'))).toMatchObject({ body: '<p>local</p>', version: 2 });
    expect(openingOf(undefined, null, local(''))).toMatchObject({ body: '<p>local</p>', from: 'browser' });
  });

  it('is the draft when another editor went on with it, and offers the browser’s text', () => {
    const opening = openingOf(page(), draft, local('6'));
    expect(opening).toMatchObject({ body: '<p>draft</p>', offered: local('6') });
    expect(openingOf(page(), null, local('6'))).toMatchObject({ body: '<p>page</p>', offered: local('6') });
  });

  it('offers no text that is the same', () => {
    expect(openingOf(page(), draft, { ...local('6'), body: '<p>draft</p>' }).offered).toBeUndefined();
  });
});
