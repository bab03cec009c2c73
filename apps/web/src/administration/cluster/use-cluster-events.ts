import { useEffect, useState } from 'react';
import { openEventStream } from '../../live/open-event-stream';
import { queryClient } from '../../rest/queries';

/** What the gateway's stream tells; see docs/operations/monitoring.md. */
const eventNames = [
  'node-joined',
  'node-left',
  'node-changed',
  'lease-lapsed',
  'leader-changed',
  'administered',
  'alarm',
] as const;
export type ClusterEventName = (typeof eventNames)[number];

export interface ClusterEvent {
  readonly number: number;
  readonly at: Date;
  readonly name: ClusterEventName;
  readonly data: Readonly<Record<string, unknown>>;
}

/** As many as are kept to look at; older ones are forgotten. */
const eventsMax = 200;
let heard: readonly ClusterEvent[] = [];
let count = 0;

/** Events since this application was opened, newest first, and whether more are heard of now. What they tell of is read anew at once. */
export function useClusterEvents(): { readonly events: readonly ClusterEvent[]; readonly isOpen: boolean } {
  const [events, setEvents] = useState(heard);
  const [isOpen, setOpen] = useState(true);
  useEffect(
    () =>
      openEventStream({
        path: '/rest/tributary/1/cluster/events',
        events: ['nodes', ...eventNames],
        onState: setOpen,
        onEvent: (name, data) => {
          void queryClient.invalidateQueries({ queryKey: ['cluster'] });
          const known = eventNames.find((each) => each === name);
          if (!known) return;
          count += 1;
          const event = { number: count, at: new Date(), name: known, data: data as ClusterEvent['data'] };
          heard = [event, ...heard].slice(0, eventsMax);
          setEvents(heard);
        },
      }),
    [],
  );
  return { events, isOpen };
}
