/** What an operator can understand and act on: shown as one sentence, without a stack, with exit code 1. */
export class OperatorError extends Error {}

/** The one sentence of whatever went wrong. */
export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
