import type { FastifyRequest } from 'fastify';
import { localeOf } from '../edge/locale.js';
import { firstQuestionOf } from './first-question.js';

/** Longer than an answer takes on a busy machine; where it takes longer the application asks by itself, and tells. */
const answerMillisMax = 3_000;
/** Headers that say who asks, in which language, and by which name of the wiki. */
const passedOn = [
  'accept-language',
  'authorization',
  'cookie',
  'forwarded',
  'host',
  'traceparent',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-forwarded-proto',
];

/**
 * The document of the web application with the answer to its first question in it, so that a page's text needs no other round trip;
 * undefined where there is no such question or no good answer. The answer comes from the REST route itself, inside this process: who
 * asks, what they may see (R10) and the caches are that route's, and can't be otherwise here.
 */
export async function withFirstAnswer(request: FastifyRequest, document: Buffer): Promise<Buffer | undefined> {
  const question = firstQuestionOf(request.url);
  if (question === undefined) return undefined;
  const answer = await answerTo(request, question);
  if (answer === undefined) return undefined;
  const attributes = `data-question="${attribute(question)}" data-language="${localeOf(request)}"`;
  const block = `<script type="application/json" id="first-answer" ${attributes}>${scriptData(answer)}</script>`;
  const html = document.toString('utf8');
  const at = html.lastIndexOf('</body>');
  return at < 0 ? undefined : Buffer.from(`${html.slice(0, at)}${block}${html.slice(at)}`);
}

async function answerTo(request: FastifyRequest, question: string): Promise<string | undefined> {
  const headers = Object.fromEntries(
    passedOn.map((name) => [name, request.headers[name]]).filter(([, value]) => value),
  );
  const asked = request.server.inject({ method: 'GET', url: question, headers, remoteAddress: request.ip });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), answerMillisMax);
  });
  const reply = await Promise.race([asked, late]).finally(() => clearTimeout(timer));
  return reply?.statusCode === 200 ? reply.payload : undefined;
}

/** JSON that nothing in a document can take for markup: neither an end of the script nor a comment. */
export const scriptData = (json: string): string => json.replaceAll('<', String.raw`\u003c`);

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
