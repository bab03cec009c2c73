/**
 * Makes aborting forget who aborted. Until its stack is read, an error holds the functions that were running, and with them all that they
 * can reach: the router aborts each navigation from the next one, so that what every navigation since the document was opened had to do
 * would stay in memory. A reason that is given is the caller's own.
 */
export function forgetWhoAborts(controllers: { readonly prototype: AbortController }): void {
  const { prototype } = controllers;
  const { abort } = prototype;
  prototype.abort = function (this: AbortController, reason: unknown = newReason()) {
    abort.call(this, reason);
  };
}

function newReason(): DOMException {
  const reason = new DOMException('signal is aborted without reason', 'AbortError');
  // Reading it turns the functions into text.
  void reason.stack;
  return reason;
}
