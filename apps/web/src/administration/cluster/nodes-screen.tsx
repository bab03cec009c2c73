import { useQuery } from '@tanstack/react-query';
import { useTitle } from '../../frame/title';
import { useTexts } from '../../messages/language';
import { alarmsQuery, jobsQuery, nodesQuery, services, type ClusterNode } from '../../rest/cluster';
import { Loaded } from '../loaded';
import { NodeCard } from './node-card';
import { SiteModePanel } from './site-mode-panel';
import { TroubleList } from './trouble-list';
import { useClusterEvents } from './use-cluster-events';

/** Every process of the cluster as it is now, what is wrong with it in words, and what can be done about it. */
export function NodesScreen() {
  const { text, language } = useTexts();
  const nodes = useQuery(nodesQuery);
  const { data: jobs = [] } = useQuery(jobsQuery(language));
  const { data: alarms = [] } = useQuery(alarmsQuery);
  const { isOpen } = useClusterEvents();
  useTitle(text('administration.nodes'));
  return (
    <main id="content" tabIndex={-1} className="screen" aria-busy={nodes.isPending}>
      <h1>{text('administration.nodes')}</h1>
      <Loaded query={nodes}>
        {(all) => (
          <>
            <TroubleList nodes={all} jobs={jobs} alarms={alarms} />
            {!isOpen && (
              <p role="status" className="hint">
                {text('cluster.reconnecting')}
              </p>
            )}
            <div className="services">
              {services.map((service) => (
                <Service key={service} service={service} nodes={all.filter((node) => node.service === service)} />
              ))}
            </div>
            <SiteModePanel />
          </>
        )}
      </Loaded>
    </main>
  );
}

function Service({ service, nodes }: { service: string; nodes: readonly ClusterNode[] }) {
  const { text } = useTexts();
  const id = `service-${service}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {service} <small>{text('cluster.copies', { count: nodes.length })}</small>
      </h2>
      <ul className="nodes">
        {nodes.map((node) => (
          <NodeCard key={node.nodeId} node={node} />
        ))}
      </ul>
    </section>
  );
}
