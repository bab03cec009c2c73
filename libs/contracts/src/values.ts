import { z } from 'zod';

/** Longest title, in UTF-16 code units, as in Confluence. */
export const titleLengthMax = 255;
/** Largest storage body; Confluence's own default limit. Keeps a message far below what NATS carries. */
export const bodyLengthMax = 5 * 1024 * 1024;
/** Most results of one list, and most when bodies are expanded. */
export const pageLimitMax = 200;
export const pageLimitWithBodiesMax = 50;
/** Longest `expand`, in characters. */
export const expandLengthMax = 2_000;

// Matches every control character that XML 1.0 and a line of text have no use for.
const controlCharacters = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/;
const lineBreaks = /[\r\n\t]/;

export const noControlCharacters = (text: string): boolean => !controlCharacters.test(text);

/** Decimal id of a content, as a string; PostgreSQL's bigint bounds it. */
export const ContentId = z.string().regex(/^[1-9]\d{0,17}$/, 'The id must be a decimal number');
export type ContentId = z.infer<typeof ContentId>;

export const SpaceKey = z
  .string()
  .regex(/^(~[^\s/\\?#%]{1,254}|[A-Za-z0-9]{1,255})$/, 'A space key holds letters and digits, at most 255');

export const Title = z
  .string()
  .trim()
  .min(1, 'A title is needed')
  .max(titleLengthMax, `A title has at most ${titleLengthMax} characters`)
  .refine((text) => noControlCharacters(text) && !lineBreaks.test(text), 'A title holds no control characters');

/** Titles that differ only by case, or by white space around them, are the same. */
export const titleKeyOf = (title: string): string => title.trim().toLowerCase();

/** A reader's language, for texts that the server writes (failing macros, dates). */
export const Locale = z.enum(['en', 'ja']);

export const ContentType = z.enum(['page', 'blogpost', 'comment', 'attachment']);
export type ContentType = z.infer<typeof ContentType>;
export const ContentStatus = z.enum(['current', 'draft', 'trashed', 'historical']);
export type ContentStatus = z.infer<typeof ContentStatus>;

/** Dotted paths of `expand`, already split. */
export const Expand = z.array(z.string().max(200)).max(200).default([]);

/** Which part of a list. The gateway caps `limit` before it asks, so the cap shows in the answer. */
export const Window = {
  start: z.number().int().min(0).max(10_000_000).default(0),
  limit: z.number().int().min(0).max(pageLimitMax).default(25),
};

/** Any JSON object of Confluence's shape; its fields are described where it is presented. */
export const JsonObject = z.looseObject({});
export type JsonObject = z.infer<typeof JsonObject>;

/** One part of a list: whether more follows, and how many there are where that is known. */
export const ListOf = <T extends z.ZodType>(item: T) =>
  z.object({ results: z.array(item), hasMore: z.boolean(), totalSize: z.number().int().optional() });

export const Done = z.object({});

/**
 * Stands for the base URL in links of an answer that is shared by all readers; the gateway puts the base in its place by
 * which the request came. U+FFFF is no character of XML or of a title, so no content can hold it.
 */
export const baseUrlMark = '\uFFFFbase';
