import type { FastifyRequest } from 'fastify';

/** The reader's language: Japanese when the browser prefers it to English, else English. */
export function localeOf(request: FastifyRequest): 'en' | 'ja' {
  const header = request.headers['accept-language'];
  if (!header) return 'en';
  const weights = new Map<string, number>();
  for (const part of header.slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = Number(/q=([\d.]+)/.exec(parameters.join(';'))?.[1] ?? 1);
    const language = tag.split('-')[0] ?? '';
    weights.set(language, Math.max(weights.get(language) ?? 0, quality));
  }
  return (weights.get('ja') ?? 0) > (weights.get('en') ?? 0) ? 'ja' : 'en';
}
