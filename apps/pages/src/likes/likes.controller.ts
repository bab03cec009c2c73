import { Controller } from '@nestjs/common';
import { badRequest, forbidden, pages, type Actor, type RequestOf } from '@tributary/contracts';
import { Reads, Writes } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { People } from '../people/people.service.js';
import { actorParameters, mayViewSql, requireView, type ContentAccess } from '../permissions/access.js';

interface LikesRow extends Pick<pages.Likes, 'contentId' | 'contentType' | 'total'> {
  userKeys: string[];
}

/** Who likes what. No cached answer shows a like: nothing is pinned. */
@Controller()
export class LikesController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly people: People,
  ) {}

  @Handle(pages.listLikes)
  async list({ actor, contentId, ofComments }: RequestOf<typeof pages.listLikes>) {
    const content = await requireView(this.reads, actor, contentId);
    return {
      likes: await this.likesOf(content),
      ofComments: ofComments ? await this.likesOfComments(actor, contentId) : [],
    };
  }

  @Handle(pages.setLike)
  async set({ actor, contentId, liked }: RequestOf<typeof pages.setLike>) {
    const { userKey } = actor;
    if (!userKey) throw forbidden('Only signed-in users like content');
    const content = await this.writes.run(async (work) => {
      const found = await requireView(work, actor, contentId);
      if (found.status !== 'current') throw badRequest('Only what is published can be liked');
      const sql = liked
        ? `insert into content_like (content_id, user_key) values ($1, $2) on conflict do nothing`
        : `delete from content_like where content_id = $1 and user_key = $2`;
      await work.query(sql, [contentId, userKey]);
      return found;
    });
    return { likes: await this.likesOf(content) };
  }

  private async likesOf({ id, type }: ContentAccess): Promise<pages.Likes> {
    const [row] = await this.reads.query<LikesRow>(
      `select ${columns} from content c join content_like l on l.content_id = c.id where c.id = $1 group by c.id`,
      [id],
    );
    return this.present(row ?? { contentId: id, contentType: type, total: 0, userKeys: [] });
  }

  private async likesOfComments(actor: Actor, containerId: string): Promise<pages.Likes[]> {
    const rows = await this.reads.query<LikesRow>(
      `select ${columns} from content c join content_like l on l.content_id = c.id
       where c.container_id = $1 and c.type = 'comment' and c.status = 'current' and ${mayViewSql('c.id', 2)} group by c.id order by c.id`,
      [containerId, ...actorParameters(actor)],
    );
    return Promise.all(rows.map((row) => this.present(row)));
  }

  private async present({ userKeys, ...row }: LikesRow): Promise<pages.Likes> {
    const users = await Promise.all(userKeys.map((key) => this.people.byKey(key)));
    const likers = users.flatMap((user) =>
      user ? [{ userKey: user.userKey, username: user.username, displayName: user.displayName }] : [],
    );
    return { ...row, likers };
  }
}

/** Columns of LikesRow, from the contents `c` and their likes `l`, a group each. */
const columns = `c.id as "contentId", c.type as "contentType", count(*)::int as total,
  (array_agg(l.user_key order by l.created_at, l.user_key))[1:${pages.likersNamedMax}] as "userKeys"`;
