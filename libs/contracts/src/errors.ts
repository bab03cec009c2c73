/**
 * Every error that crosses a service's border. The gateway turns the code into the HTTP status and the documented body;
 * whoever throws one decides what the outside may read, so `message` must never hold a secret or a stack.
 */
export const errorStatus = {
  badRequest: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  readOnly: 405,
  conflict: 409,
  payloadTooLarge: 413,
  unsupportedMediaType: 415,
  rangeNotSatisfiable: 416,
  tooManyRequests: 429,
  internal: 500,
  notImplemented: 501,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** One validation finding, as it appears in `data.errors` of an error body. */
export interface ErrorDetail {
  message: { key: string; args: unknown[]; translation: string };
}

/** A failure with a meaning for the caller. Anything else that is thrown in a service becomes `internal`. */
export class ServiceError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: readonly ErrorDetail[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ServiceError';
  }

  get status(): number {
    return errorStatus[this.code];
  }
}

/** Refusals that people meet in an application, which tells them in their own language: each is the `key` of an error's first detail. */
export const refusalKeys = [
  'administratorNeeded',
  'belowItself',
  'fileNameTaken',
  'groupNameTaken',
  'groupNeeded',
  'labelInvalid',
  'lockedOut',
  'noSuchGroup',
  'noSuchUser',
  'onlyUseForAnonymous',
  'ownAccount',
  'ownRights',
  'parentGone',
  'spaceArchived',
  'spaceKeyTaken',
  'systemAdministratorNeeded',
  'titleNeeded',
  'titleTaken',
  'tokenNameTaken',
  'tooLong',
  'tooManyTokens',
  'usernameTaken',
] as const;
export type RefusalKey = (typeof refusalKeys)[number];

export const badRequest = (message: string): ServiceError => new ServiceError('badRequest', message);
/** As `badRequest`, for what people meet: applications know it by its key, whatever the message says. `args` are what it names. */
export const refused = (key: RefusalKey, message: string, ...args: readonly string[]): ServiceError =>
  new ServiceError('badRequest', message, [{ message: { key, args: [...args], translation: message } }]);
export const notFound = (message: string): ServiceError => new ServiceError('notFound', message);
export const forbidden = (message: string): ServiceError => new ServiceError('forbidden', message);
export const conflict = (message: string): ServiceError => new ServiceError('conflict', message);
export const unavailable = (message: string, cause?: unknown): ServiceError =>
  new ServiceError('unavailable', message, [], { cause });
