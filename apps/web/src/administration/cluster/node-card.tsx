import { useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../../messages/language';
import { formatBytes } from '../../pages/attachments/format-bytes';
import { commandNode, type ClusterNode } from '../../rest/cluster';
import { queryClient } from '../../rest/queries';
import { ActionButton } from '../action-button';
import { formatDuration, formatNumber, formatShare, hitRateOf } from '../format-figures';

/** How many looks back the line goes. */
const samplesMax = 40;
/** The line's top is this share of a core, or more when it was busier: a quiet node's line is flat. */
const topMin = 0.25;

/** One process: how it is, and what can be done to it. */
export function NodeCard({ node }: { node: ClusterNode }) {
  const { text, language } = useTexts();
  return (
    <li className={`node ${node.state}`}>
      <header>
        <h3>{node.nodeId}</h3>
        {node.isLeader && <span className="lozenge">{text('cluster.leader')}</span>}
        <span className={`lozenge state-${node.state}`}>{text(`cluster.state.${node.state}`)}</span>
      </header>
      <p className="hint">
        {text('cluster.versionFor', { version: node.version, for: formatDuration(node.uptimeMillis, language) })}
      </p>
      <Load cpuShare={node.cpuShare} at={node.uptimeMillis} />
      <Figures node={node} />
      <Commands node={node} />
    </li>
  );
}

function Figures({ node }: { node: ClusterNode }) {
  const { text, language } = useTexts();
  const hitRate = hitRateOf(node.caches);
  return (
    <dl>
      <Figure name={text('cluster.cpu')}>{formatShare(node.cpuShare, language)}</Figure>
      <Figure name={text('cluster.memory')}>{formatBytes(node.residentBytes, language)}</Figure>
      <Figure name={text('cluster.lag')}>{formatNumber(node.eventLoopLagMillis.p99, language, 1)} ms</Figure>
      <Figure name={text('cluster.requests')}>{formatNumber(node.requestsPerSecond, language, 1)}</Figure>
      <Figure name={text('cluster.hitRate')}>{hitRate === undefined ? '–' : formatShare(hitRate, language)}</Figure>
      <Figure name={text('cluster.lease')}>
        {text(node.lease.isHeld ? 'cluster.lease.held' : 'cluster.lease.lost', { lapses: node.lease.lapses })}
      </Figure>
      <Figure name={text('cluster.jobs')}>{node.jobsRunning ?? '–'}</Figure>
      {node.hasCaches && (
        <Figure name={text('administration.caches')}>
          {text(node.isAdmitted ? 'cluster.caches.on' : 'cluster.caches.off')}
        </Figure>
      )}
    </dl>
  );
}

const Figure = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** The share of a core over the last looks, as a line; the number stands below. */
function Load({ cpuShare, at }: { cpuShare: number; at: number }) {
  const [samples, setSamples] = useState<readonly number[]>([]);
  useEffect(() => setSamples((before) => [...before, cpuShare].slice(-samplesMax)), [cpuShare, at]);
  const top = Math.max(topMin, ...samples);
  const points = samples.map((share, index) => `${index + samplesMax - samples.length},${20 - (share / top) * 19}`);
  return (
    <svg className="load" viewBox={`0 0 ${samplesMax - 1} 20`} preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}

function Commands({ node }: { node: ClusterNode }) {
  const { text } = useTexts();
  const command = async (what: 'drain' | 'remove') => {
    await commandNode(node.nodeId, what);
    await queryClient.invalidateQueries({ queryKey: ['cluster'] });
  };
  if (node.state === 'unreachable' || node.state === 'stopping') return null;
  return (
    <p className="actions">
      {node.service === 'gateway' && (
        <ActionButton
          label={text('cluster.drain')}
          of={node.nodeId}
          disabled={node.state !== 'running'}
          action={() => command('drain')}
        />
      )}
      <ActionButton
        label={text('cluster.remove')}
        of={node.nodeId}
        sure={text('cluster.remove.sure', { node: node.nodeId })}
        action={() => command('remove')}
      />
    </p>
  );
}
