import type { Reply, Somebody } from './client.js';
import { secretWord, type Secret } from './secret.js';
import type { Probe } from './surfaces.js';

/** An id that no content has. */
const nobodysId = '799999999999999';

const tracesOf = ({ id, childId, commentId, attachmentId, word, titleWord, tinyLink }: Secret): string[] => [
  id,
  childId,
  commentId,
  attachmentId,
  word,
  titleWord,
  tinyLink,
];

const contains = (text: string, trace: string): boolean =>
  /^\d+$/.test(trace)
    ? new RegExp(`(?<!\\d)${trace}(?!\\d)`).test(text)
    : text.toLowerCase().includes(trace.toLowerCase());

/** Traces of a secret in an answer that the request itself didn't name. */
function tracesIn(reply: Reply, probe: Probe, secret: Secret): string[] {
  const asked = decodeURIComponent(probe.path) + JSON.stringify(probe.known ?? []);
  return tracesOf(secret).filter((trace) => !contains(asked, trace) && contains(reply.text + reply.headers, trace));
}

/** The same request for something that never was. */
function forNothing(probe: Probe, secret: Secret): { path: string; normalise: (text: string) => string } {
  const pairs: [string, string][] = [
    secret.id,
    secret.childId,
    secret.commentId,
    secret.attachmentId,
    secret.parentId,
  ].map((id) => [id, nobodysId]);
  pairs.push(
    [secret.word, secretWord()],
    [secret.titleWord, secretWord()],
    [secret.spaceKey, `NONE${secret.spaceKey}`],
  );
  const replaced = (text: string, to: (pair: [string, string]) => string) =>
    pairs.reduce(
      (result, pair) =>
        result.replaceAll(
          new RegExp(`(?<![A-Za-z0-9]|att)${pair[0]}(?!\\d)|(?<=att)${pair[0]}(?!\\d)|(?<=-)${pair[0]}`, 'g'),
          to(pair),
        ),
      text,
    );
  return {
    path: replaced(probe.path, ([, fake]) => fake),
    normalise: (text) =>
      pairs.reduce((result, [real, fake]) => result.replaceAll(fake, '#').replaceAll(real, '#'), text),
  };
}

/** Lists in an answer whose numbers speak of more than what they hold. */
function miscounted(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const list = value as {
    results?: unknown;
    size?: number;
    totalSize?: number;
    limit?: number;
    _links?: { next?: string };
  };
  const below = Object.values(value).flatMap(miscounted);
  if (!Array.isArray(list.results)) return below;
  const count = list.results.length;
  const wrong = [
    ...(list.size !== undefined && list.size !== count ? [`size ${list.size} of ${count}`] : []),
    ...(list.totalSize !== undefined && list.totalSize !== count ? [`totalSize ${list.totalSize} of ${count}`] : []),
    ...(list._links?.next && count < (list.limit ?? 0) ? [`a next page after ${count} of ${list.limit}`] : []),
  ];
  return [...wrong, ...below];
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const ask = (who: Somebody, gateway: string, { path, method, body }: Probe): Promise<Reply> =>
  who.ask(gateway, path, method ? { method, body } : {});

/** What the answers tell somebody who may not see the secret; nothing where all is well. All probes are sent at once. */
export async function leaksTo(
  who: Somebody,
  gateway: string,
  secret: Secret,
  probes: readonly Probe[],
): Promise<string[]> {
  const replies = await Promise.all(probes.map((probe) => ask(who, gateway, probe)));
  const findings = await Promise.all(
    probes.map(async (probe, index) => {
      const reply = replies[index] as Reply;
      const found = tracesIn(reply, probe, secret).map((trace) => `shows ${trace}`);
      if (probe.expects === 'hidden') found.push(...(await differsFromNothing(who, gateway, secret, probe, reply)));
      if (probe.expects === 'silent') {
        if (reply.status !== 200) found.push(`${reply.status} instead of 200: ${reply.text}`);
        found.push(...miscounted(jsonOf(reply.text)));
      }
      if (reply.status >= 500) found.push(`${reply.status}: ${reply.text}`);
      return found.map(
        (finding) => `${who.name}: ${probe.method ?? 'GET'} ${decodeURIComponent(probe.path)} ${finding}`,
      );
    }),
  );
  return findings.flat();
}

async function differsFromNothing(
  who: Somebody,
  gateway: string,
  secret: Secret,
  probe: Probe,
  reply: Reply,
): Promise<string[]> {
  const { path, normalise } = forNothing(probe, secret);
  const nothing = await ask(who, gateway, { ...probe, path });
  const found: string[] = [];
  if (reply.status !== 404 && !(who.name === 'anonymous' && [401, 403].includes(reply.status))) {
    found.push(`answers ${reply.status} instead of 404`);
  }
  if (reply.status !== nothing.status || normalise(reply.text) !== normalise(nothing.text)) {
    found.push(`is told from nothing: ${reply.text} / ${path}: ${nothing.text}`);
  }
  return found;
}

/**
 * What the answers don't show somebody who may see the secret: a probe that shows nothing to anybody would prove nothing. Who may
 * see but not administer may be refused.
 */
export async function hiddenFrom(
  who: Somebody,
  gateway: string,
  secret: Secret,
  probes: readonly Probe[],
  mayAdminister: boolean,
) {
  const nothingShownBy = async (probe: Probe): Promise<string | undefined> => {
    const reply = await ask(who, gateway, probe);
    const answered = reply.status === 200 || (!mayAdminister && reply.status === 403 && probe.expects === 'hidden');
    const isNobodys = probe.isOwn === true && who.name === 'anonymous';
    const shows = probe.expects !== 'silent' || isNobodys || tracesIn(reply, probe, secret).length > 0;
    if (probe.expects === 'neutral' || (answered && shows)) return undefined;
    return `${who.name}: ${probe.method ?? 'GET'} ${decodeURIComponent(probe.path)} shows nothing: ${reply.status} ${reply.text.slice(0, 500)}`;
  };
  const shown = await Promise.all(probes.map(async (probe) => ({ probe, finding: await nothingShownBy(probe) })));
  const findings: string[] = [];
  // Once more, one by one: a document comes without a text that takes too long, as it may while everything is asked for at once.
  for (const { probe, finding } of shown) {
    const still = finding === undefined ? undefined : await nothingShownBy(probe);
    if (still !== undefined) findings.push(still);
  }
  return findings;
}
