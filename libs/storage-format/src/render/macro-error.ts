import type { MessageKey, MessageValues } from '../messages/message.js';

/** A macro can't show what it should; the page gets this message in the macro's place. */
export class MacroError extends Error {
  override readonly name = 'MacroError';

  constructor(
    readonly messageKey: MessageKey,
    readonly values: MessageValues = {},
  ) {
    super(messageKey);
  }
}

/** As MacroError, but it may go better next time: what was rendered must not be kept. */
export class TemporaryMacroError extends MacroError {}
