/** The id that an anchor or a heading has on a page: its title and the anchor, without white space. */
export function anchorOn(pageTitle: string | undefined, anchor: string): string {
  const id = pageTitle === undefined || pageTitle === '' ? anchor : `${pageTitle}-${anchor}`;
  return id.replace(/\s+/g, '');
}
