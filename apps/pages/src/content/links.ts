import { baseUrlMark } from '@tributary/contracts';

/** Characters that a title in a `/display/KEY/Title` path can't have; such pages are linked by id, as in Confluence. */
const notInPath = /[^\p{L}\p{N} \-_.~!$'()*,@]|^\.+$/u;

const encodeTitle = (title: string): string => encodeURIComponent(title).replaceAll('%20', '+');

/** The page that a reader opens, relative to the base URL. */
export function webLink(content: {
  id: string;
  type: string;
  title: string;
  spaceKey: string;
  postingDay?: string | null;
  containerId?: string | null;
}): string {
  if (content.type === 'comment') {
    return `/pages/viewpage.action?pageId=${content.containerId}&focusedCommentId=${content.id}#comment-${content.id}`;
  }
  if (content.title === '' || notInPath.test(content.title)) return `/pages/viewpage.action?pageId=${content.id}`;
  const day = content.type === 'blogpost' && content.postingDay ? `${content.postingDay.replaceAll('-', '/')}/` : '';
  return `/display/${encodeURIComponent(content.spaceKey)}/${day}${encodeTitle(content.title)}`;
}

/** Confluence's short link: the id's bytes, lowest first, in a URL-safe base 64 without its trailing zeros. */
export function tinyLink(id: string): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(id));
  const text = bytes.toString('base64').replaceAll('/', '-').replaceAll('+', '_').replaceAll('=', '');
  return `/x/${text.replace(/A+$/, '')}`;
}

export const selfLink = (path: string): string => `${baseUrlMark}${path}`;
