const firstPauseMillis = 500;
const pauseMillisMax = 15_000;

export interface EventStreamOptions {
  readonly path: string;
  /** Names of events that are listened for; each comes with its data as JSON. */
  readonly events: readonly string[];
  readonly onEvent: (name: string, data: unknown) => void;
  /** Whether somebody is connected now. */
  readonly onState?: (isOpen: boolean) => void;
}

/**
 * Listens to server-sent events until the returned function is called. When the gateway goes, another one is asked, after pauses that
 * grow and differ from browser to browser. Nothing that was missed meanwhile is repeated: the first event of a stream says that it is a new one.
 */
export function openEventStream({ path, events, onEvent, onState }: EventStreamOptions): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const open = (): void => {
    source = new EventSource(path);
    source.onopen = () => {
      failures = 0;
      onState?.(true);
    };
    source.onerror = () => {
      // The browser by itself gives up after an answer such as 503, which a gateway gives that goes.
      source?.close();
      onState?.(false);
      const pause = Math.min(firstPauseMillis * 2 ** failures, pauseMillisMax);
      failures += 1;
      timer = setTimeout(open, pause * (0.5 + Math.random()));
    };
    for (const name of events) {
      source.addEventListener(name, (event: MessageEvent<string>) => onEvent(name, JSON.parse(event.data)));
    }
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
