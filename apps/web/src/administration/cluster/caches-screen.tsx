import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTitle } from '../../frame/title';
import { useTexts } from '../../messages/language';
import { formatBytes } from '../../pages/attachments/format-bytes';
import { cachesQuery, flushCaches, type CacheFigures, type Flushed, type NamedCache } from '../../rest/cluster';
import { queryClient } from '../../rest/queries';
import { ActionButton } from '../action-button';
import { formatNumber, formatShare, hitRateOf } from '../format-figures';
import { Loaded } from '../loaded';

/** Near caches, summed over the nodes and for each, with what empties them. */
export function CachesScreen() {
  const { text } = useTexts();
  const caches = useQuery(cachesQuery);
  const [flushed, setFlushed] = useState<Flushed>();
  useTitle(text('administration.caches'));
  const flush = async (name?: string) => {
    setFlushed(await flushCaches(name));
    await queryClient.invalidateQueries({ queryKey: cachesQuery.queryKey });
  };
  return (
    <main id="content" tabIndex={-1} className="screen" aria-busy={caches.isPending}>
      <h1>{text('administration.caches')}</h1>
      <p className="hint">{text('caches.hint')}</p>
      <p className="actions">
        <ActionButton label={text('caches.flushAll')} sure={text('caches.flushAll.sure')} action={() => flush()} />
      </p>
      <div role="status">{flushed && <Outcome flushed={flushed} />}</div>
      <Loaded query={caches}>
        {(all) => (
          <ul className="cards">
            {all.map((cache) => (
              <CacheCard key={cache.name} cache={cache} flush={() => flush(cache.name)} />
            ))}
          </ul>
        )}
      </Loaded>
    </main>
  );
}

function Outcome({ flushed: { flushed, failed } }: { flushed: Flushed }) {
  const { text } = useTexts();
  const entries = flushed.reduce((sum, each) => sum + each.entries, 0);
  return (
    <p className={failed.length > 0 ? 'problem' : 'well'}>
      {text('caches.flushed', { entries })}
      {failed.length > 0 && ` ${text('caches.failed', { nodes: failed.map(({ nodeId }) => nodeId).join(', ') })}`}
    </p>
  );
}

function CacheCard({ cache, flush }: { cache: NamedCache; flush: () => Promise<void> }) {
  const { text, language } = useTexts();
  return (
    <li className="card">
      <header>
        <h2>{cache.name}</h2>
        <ActionButton label={text('caches.flush')} of={cache.name} action={flush} />
      </header>
      <Figures figures={cache} />
      <details>
        <summary>{text('caches.perNode')}</summary>
        <ol className="rows">
          {cache.nodes.map((share) => (
            <li key={share.nodeId}>
              <span>{share.nodeId}</span>
              <span>{text('caches.entries', { count: share.entries })}</span>
              <span>{formatBytes(share.bytes, language)}</span>
              <span>{formatShare(hitRateOf([share]) ?? 0, language)}</span>
            </li>
          ))}
        </ol>
      </details>
    </li>
  );
}

function Figures({ figures }: { figures: CacheFigures }) {
  const { text, language } = useTexts();
  const hitRate = hitRateOf([figures]);
  const rows = [
    [text('cluster.hitRate'), hitRate === undefined ? '–' : formatShare(hitRate, language)],
    [text('caches.held'), text('caches.entries', { count: figures.entries })],
    [text('caches.size'), `${formatBytes(figures.bytes, language)} / ${formatBytes(figures.bytesMax, language)}`],
    [text('caches.pins'), formatNumber(figures.pins, language)],
    [text('caches.evictions'), formatNumber(figures.evictions, language)],
  ] as const;
  return (
    <dl>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
