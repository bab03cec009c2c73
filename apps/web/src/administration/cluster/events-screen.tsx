import { useQuery } from '@tanstack/react-query';
import { useTitle } from '../../frame/title';
import { useTexts, type MessageKey } from '../../messages/language';
import { alarmsQuery, auditQuery, locksQuery } from '../../rest/cluster';
import { Loaded } from '../loaded';
import { useClusterEvents, type ClusterEvent } from './use-cluster-events';

/** What happens in the cluster as it comes, the last alarms, who holds which lock, and what administrators did. */
export function EventsScreen() {
  const { text } = useTexts();
  useTitle(text('administration.events'));
  return (
    <main id="content" tabIndex={-1} className="screen">
      <h1>{text('administration.events')}</h1>
      <Happening />
      <Alarms />
      <Locks />
      <Audit />
    </main>
  );
}

function Happening() {
  const { text, date } = useTexts();
  const { events, isOpen } = useClusterEvents();
  return (
    <section aria-labelledby="happening">
      <h2 id="happening">{text('events.now')}</h2>
      <p className="hint">{text(isOpen ? 'events.listening' : 'cluster.reconnecting')}</p>
      <div role="log" aria-labelledby="happening">
        <ol className="rows">
          {events.map((event) => (
            <li key={event.number}>
              <time dateTime={event.at.toISOString()}>{date(event.at.toISOString())}</time>
              <span>{text(keyOf(event), valuesOf(event))}</span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

/** What an event says, in words. */
function keyOf({ name, data }: ClusterEvent): MessageKey {
  switch (name) {
    case 'node-joined':
      return 'events.joined';
    case 'node-left':
      return data['reason'] === 'silent' ? 'events.silent' : 'events.stopped';
    case 'node-changed':
      return 'events.changed';
    case 'lease-lapsed':
      return 'events.lapsed';
    case 'leader-changed':
      return data['nodeId'] === null ? 'events.noLeader' : 'events.leader';
    case 'administered':
      return 'events.administered';
    case 'alarm':
      return 'events.alarm';
  }
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : '');

function valuesOf({ name, data }: ClusterEvent): Record<string, string> {
  const node = name === 'node-joined' ? (data['node'] as { nodeId: string }).nodeId : shown(data['nodeId']);
  const action = `${shown(data['action'])} ${shown(data['target'])} ${node}`.trim();
  const alarm = { kind: shown(data['kind']), text: shown(data['text']) };
  return { node, state: shown(data['state']), name: shown(data['username']), action, ...alarm };
}

/** Kept by the cluster, so they are here after the page was loaded anew. */
function Alarms() {
  const { text, date } = useTexts();
  const alarms = useQuery(alarmsQuery);
  return (
    <section aria-labelledby="alarms">
      <h2 id="alarms">{text('alarms.title')}</h2>
      <Loaded query={alarms}>
        {(raised) => (
          <ol className="rows">
            {raised.length === 0 && <li className="hint">{text('alarms.none')}</li>}
            {raised.map(({ id, at, nodeId, kind, text: said }) => (
              <li key={id}>
                <time dateTime={at}>{date(at)}</time>
                <span>{text('events.alarm', { node: nodeId, kind, text: said })}</span>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </section>
  );
}

function Locks() {
  const { text, date } = useTexts();
  const locks = useQuery(locksQuery);
  return (
    <section aria-labelledby="locks">
      <h2 id="locks">{text('locks.title')}</h2>
      <Loaded query={locks}>
        {(held) => (
          <ul className="rows">
            {held.length === 0 && <li className="hint">{text('locks.none')}</li>}
            {held.map((lock) => (
              <li key={lock.name}>
                <strong>{lock.name}</strong>
                <span>{lock.nodeId}</span>
                <span>{text('locks.since', { date: date(lock.since), token: lock.token })}</span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

function Audit() {
  const { text, date } = useTexts();
  const audit = useQuery(auditQuery);
  return (
    <section aria-labelledby="audit">
      <h2 id="audit">{text('audit.title')}</h2>
      <Loaded query={audit}>
        {({ results }) => (
          <ol className="rows">
            {results.length === 0 && <li className="hint">{text('audit.none')}</li>}
            {results.map((record) => (
              <li key={record.id}>
                <time dateTime={record.at}>{date(record.at)}</time>
                <strong>{record.username}</strong>
                <code>{[record.action, record.target, record.nodeId].filter((part) => part !== null).join(' ')}</code>
                <span className={record.outcome === 'failed' ? 'problem' : 'hint'}>
                  {text(`audit.${record.outcome}`)} {record.reason}
                </span>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </section>
  );
}
