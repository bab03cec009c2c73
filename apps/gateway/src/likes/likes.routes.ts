import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { pages } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { boolean, type Query as Parameters } from '../edge/query.js';

/** Likes in the shape of Confluence's own plugin, with `total` beside it, as it names only the first of very many. */
@Controller('rest/likes/1.0/content/:id/likes')
export class LikeRoutes {
  /** `commentLikes=true` shows those of the comments as well, by their ids. */
  @Get()
  async list(@Asked() call: Call, @Param('id') contentId: string, @Query() query: Parameters) {
    const withComments = boolean(query, 'commentLikes');
    const { likes, ofComments } = await call.ask(pages.listLikes, { contentId, ofComments: withComments });
    if (!withComments) return presentLikes(likes);
    const commentLikes = Object.fromEntries(ofComments.map((each) => [each.contentId, presentLikes(each)]));
    return { ...presentLikes(likes), commentLikes };
  }

  @Post()
  @HttpCode(200)
  async like(@Asked() call: Call, @Param('id') contentId: string) {
    return presentLikes((await call.ask(pages.setLike, { contentId, liked: true })).likes);
  }

  @Delete()
  async unlike(@Asked() call: Call, @Param('id') contentId: string) {
    return presentLikes((await call.ask(pages.setLike, { contentId, liked: false })).likes);
  }
}

const presentLikes = ({ contentId, contentType, total, likers }: pages.Likes) => ({
  likes: likers.map(({ username, displayName }) => ({
    user: {
      name: username,
      fullName: displayName,
      url: `/display/~${encodeURIComponent(username)}`,
      avatarUrl: '/images/icons/profilepics/default.svg',
      followedByRemoteUser: false,
    },
  })),
  content_type: contentType,
  content_id: contentId,
  total,
});
