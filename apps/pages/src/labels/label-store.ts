import { Injectable } from '@nestjs/common';
import { badRequest, pages, refused } from '@tributary/contracts';
import { Reads, type Work } from '@tributary/database';

/** Longest label, as in Confluence. */
const labelLengthMax = 255;
const labelsOfContentMax = 1_000;
const forbiddenCharacters = /[\s(!#&)*,.:;<>?@[\]^]/;
const prefixes = ['global', 'my', 'team'];
/** Labels of this prefix are their owner's alone: nobody else sees them. */
const personalPrefix = 'my';

interface LabelRow {
  id: string;
  prefix: string;
  name: string;
  owner: string | null;
}

const present = ({ id, prefix, name }: LabelRow): pages.Label => ({ prefix, name, id, label: name });

/** A label as it is kept: lower case; `prefix:name` in the name is taken apart. Throws badRequest. */
export function normaliseLabel(label: { prefix?: string | undefined; name: string }): { prefix: string; name: string } {
  const [first = '', ...rest] = label.name.trim().split(':');
  const named = rest.length > 0 && prefixes.includes(first.toLowerCase());
  const prefix = (named ? first : label.prefix || 'global').toLowerCase();
  const name = (named ? rest.join(':') : label.name.trim()).toLowerCase();
  if (!prefixes.includes(prefix)) throw badRequest(`The label prefix '${prefix}' is not one of ${prefixes.join(', ')}`);
  if (name === '' || name.length > labelLengthMax || forbiddenCharacters.test(name)) {
    throw refused(
      'labelInvalid',
      `The label '${name.slice(0, 80)}' is not valid: it is empty, too long, or holds a space or one of ( ! # & ) * , . : ; < > ? @ [ ] ^`,
    );
  }
  return { prefix, name };
}

const ownerOf = (prefix: string, userKey: string | null): string => (prefix === personalPrefix ? (userKey ?? '') : '');

/** Labels on contents, in the order of their names. Personal ones are there for their owner only. */
@Injectable()
export class LabelStore {
  constructor(private readonly reads: Reads) {}

  /** The labels that this reader sees; `perReader` when another one sees others. Nobody's are those that all see. */
  async ofContents(
    ids: readonly string[],
    reader: string | null,
  ): Promise<{ labels: Map<string, pages.Label[]>; perReader: boolean }> {
    const rows = await this.reads.query<LabelRow & { contentId: string }>(
      `select cl.content_id as "contentId", l.id, l.prefix, l.name, l.owner from content_label cl join label l on l.id = cl.label_id
       where cl.content_id = any($1::bigint[]) order by l.name, l.prefix`,
      [ids],
    );
    const labels = new Map<string, pages.Label[]>(ids.map((id) => [id, []]));
    for (const row of rows) if (row.owner === '' || row.owner === reader) labels.get(row.contentId)?.push(present(row));
    return { labels, perReader: rows.some((row) => row.owner !== '') };
  }

  async list(
    id: string,
    reader: string | null,
    prefix: string | undefined,
    start: number,
    limit: number,
  ): Promise<pages.Label[]> {
    const rows = await this.reads.query<LabelRow>(
      `select l.id, l.prefix, l.name from content_label cl join label l on l.id = cl.label_id
       where cl.content_id = $1 and ($2::text is null or l.prefix = $2) and l.owner in ('', $3)
       order by l.name, l.prefix limit $4 offset $5`,
      [id, prefix ?? null, reader ?? '', limit, start],
    );
    return rows.map(present);
  }

  /** Adds labels inside a write; those that are there already stay. */
  async add(
    work: Work,
    id: string,
    userKey: string | null,
    labels: readonly { prefix: string; name: string }[],
  ): Promise<void> {
    if (labels.length === 0) return;
    const names = labels.map((label) => label.name);
    const kinds = labels.map((label) => label.prefix);
    if (!userKey && kinds.includes(personalPrefix)) throw badRequest('Only users have labels of their own');
    const owners = labels.map((label) => ownerOf(label.prefix, userKey));
    await work.query(
      `insert into label (name, prefix, owner) select distinct * from unnest($1::text[], $2::text[], $3::text[]) as l(name, prefix, owner)
       order by 1, 2, 3 on conflict do nothing`,
      [names, kinds, owners],
    );
    await work.query(
      `insert into content_label (content_id, label_id, created_by)
       select $1, l.id, $2 from label l
         join (select distinct * from unnest($3::text[], $4::text[], $5::text[]) as n(name, prefix, owner)) n using (name, prefix, owner)
       on conflict do nothing`,
      [id, userKey, names, kinds, owners],
    );
    const [count] = await work.query<{ count: number }>(
      `select count(*)::int as count from content_label where content_id = $1`,
      [id],
    );
    if ((count?.count ?? 0) > labelsOfContentMax)
      throw badRequest(`A content has at most ${labelsOfContentMax} labels`);
  }

  async remove(
    work: Work,
    id: string,
    userKey: string | null,
    label: { prefix: string; name: string },
  ): Promise<boolean> {
    const rows = await work.query(
      `delete from content_label cl using label l where l.id = cl.label_id and cl.content_id = $1 and l.name = $2 and l.prefix = $3
         and l.owner = $4 returning 1`,
      [id, label.name, label.prefix, ownerOf(label.prefix, userKey)],
    );
    return rows.length > 0;
  }
}
