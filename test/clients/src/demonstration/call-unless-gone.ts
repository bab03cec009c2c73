import type { RunningCluster } from '@tributary/test-servers';

const requestMillisMax = 12_000;
/** What fetch throws when there is no answer, or only half of one, or none in time. By name: jest has classes of its own. */
const noAnswer = ['TypeError', 'TimeoutError', 'AbortError'];

type Answer = Awaited<ReturnType<RunningCluster['call']>>;

/** Asks the REST API as the administrator; undefined when the other side went away or took too long. */
export async function callUnlessGone(
  cluster: RunningCluster,
  address: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer | undefined> {
  try {
    return await cluster.call(address, method, path, body, AbortSignal.timeout(requestMillisMax));
  } catch (error) {
    if (noAnswer.includes((error as Error).name)) return undefined;
    throw error;
  }
}
