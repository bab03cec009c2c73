import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { forgetWhoAborts } from './abort-reasons';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Aborts from a function that reaches something large; what is kept is the signal alone. */
function abortedFrom(controller: AbortController): WeakRef<object> {
  const page = { text: 'x'.repeat(1_000) };
  const navigate = () => {
    controller.abort();
    return page;
  };
  return new WeakRef(navigate());
}

describe('a reason of aborting', () => {
  class Controller extends AbortController {}
  forgetWhoAborts(Controller);

  it('keeps nothing of what was running', async () => {
    const controller = new Controller();
    const page = abortedFrom(controller);
    await new Promise((resolve) => setTimeout(resolve, 0));
    collectGarbage();
    expect(page.deref()).toBeUndefined();
    expect(controller.signal.reason).toMatchObject({ name: 'AbortError' });
  });

  it('is the one that was given', () => {
    const controller = new Controller();
    const reason = new Error('gone');
    controller.abort(reason);
    expect(controller.signal.reason).toBe(reason);
  });
});
