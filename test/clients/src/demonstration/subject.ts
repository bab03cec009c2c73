import { djangoDocumentation, type DjangoDocumentation } from './django-documentation.js';
import { pythonWithClients } from '../programs/python.js';

/** A fixed sample for every run of the tests; `npm run demo` takes all pages. */
const samplePages = 60;

/** Django's documentation, ready for the client: the sample, or all of it with `TRIBUTARY_DEMO=all`. */
export async function demonstration(): Promise<{ python: string; documentation: DjangoDocumentation }> {
  const python = await pythonWithClients();
  const pages = process.env['TRIBUTARY_DEMO'] === 'all' ? undefined : samplePages;
  return { python, documentation: await djangoDocumentation(python, pages) };
}

/** Says what was measured, in the midst of jest's own lines. */
export function report(
  what: string,
  { pages, seconds, ...more }: { pages: number; seconds: number; retries?: number },
): void {
  const perMinute = Math.round((pages / seconds) * 60);
  const rest = Object.entries(more).map(([name, value]) => `, ${value} ${name}`);
  process.stderr.write(`${pages} pages ${what} in ${seconds.toFixed(1)} s: ${perMinute} a minute${rest.join('')}\n`);
}
