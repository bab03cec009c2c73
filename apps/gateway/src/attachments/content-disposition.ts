/**
 * Types that a browser shows without running anything of them in our origin. All others, HTML and SVG first of all, are
 * offered for saving.
 */
const shownInline = new Set([
  'application/pdf',
  'image/avif',
  'image/bmp',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'text/plain',
]);

const isShownInline = (mediaType: string): boolean => {
  const type = mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
  return shownInline.has(type) || /^(audio|video)\/[\w.+-]+$/.test(type);
};

/** Characters that RFC 5987 lets stand in `filename*`. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** `Content-Disposition` of a file: with a plain name for old clients and the full one (RFC 6266). */
export function contentDisposition(fileName: string, mediaType: string, save: boolean): string {
  const kind = !save && isShownInline(mediaType) ? 'inline' : 'attachment';
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded(fileName)}`;
}
