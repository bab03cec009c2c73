import { i18n } from '@lingui/core';
import { ApiError, failureKey, isReadOnly } from '../rest/client';
import type { MessageKey, Texts } from './language';

/** The texts of refusals that the wiki names by a key; `libs/contracts` says which there are. */
const textOfRefusal = (key: string): MessageKey | undefined =>
  Object.hasOwn(i18n.messages, `refusal.${key}`) ? (`refusal.${key}` as MessageKey) : undefined;

/** Refusals of what was asked for, as it was asked for; everything else means more than that. */
const ofTheRequest: readonly number[] = [400, 411, 415, 422];

/** Why something wasn't done, in the reader's language. What the wiki says in its own words follows where no text of ours says it. */
export function explained(error: unknown, text: Texts['text']): string {
  if (!(error instanceof ApiError)) return text('error.other.title');
  const known = error.refusals.map(textOfRefusal).find((key) => key !== undefined);
  if (known !== undefined) return text(known);
  if (isReadOnly(error)) return text('app.readOnly');
  if (error.status === 413) return text('error.tooLarge');
  if (ofTheRequest.includes(error.status) && error.message !== '') {
    return text('error.refused', { detail: error.message });
  }
  return text(failureKey(error));
}
