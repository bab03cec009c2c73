import DOMPurify, { type Config } from 'dompurify';

/**
 * What the server's own list allows, and no more: HTML, the schemes of links that pages use, links that open beside. Scripts, their handlers,
 * frames, forms that post, and styles of their own go.
 */
const allowed: Config = {
  USE_PROFILES: { html: true },
  ADD_ATTR: ['target'],
  FORBID_TAGS: ['style', 'form', 'dialog', 'video', 'audio'],
  ALLOWED_URI_REGEXP:
    /^(?:(?:https?|ftps?|mailto|tel|news|irc|ssh|git|file|sip|xmpp):|[^a-z]|[a-z+.-]+(?:[^a-z+.:-]|$))/i,
};

/**
 * Sanitises a rendered body once more, right before it goes into the document: should the server's sanitiser ever let something through,
 * it doesn't run in anybody's session.
 */
export const sanitiseBody = (html: string): string => DOMPurify.sanitize(html, allowed);
