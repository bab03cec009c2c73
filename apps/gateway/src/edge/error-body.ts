import { errorStatus, ServiceError, type ErrorDetail } from '@tributary/contracts';

const reasons: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  416: 'Requested Range Not Satisfiable',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

/** The one shape of an error, as Confluence's clients read it. */
export function errorBody(status: number, message: string, details: readonly ErrorDetail[] = []) {
  return {
    statusCode: status,
    data: {
      authorized: status !== 401 && status !== 403,
      valid: status !== 400,
      allowedInReadOnlyMode: status !== errorStatus.readOnly,
      errors: details,
      successful: false,
    },
    message,
    reason: reasons[status] ?? 'Error',
  };
}

/** What went wrong, as a status and a text that may leave the house. */
export function describeError(error: unknown): { status: number; message: string; details: readonly ErrorDetail[] } {
  if (error instanceof ServiceError) return { status: error.status, message: error.message, details: error.details };
  const { status, message } = clientError(error);
  return { status, message, details: [] };
}

/** Errors of Fastify and Nest carry the status; below 500 they speak of the request and may be shown. */
function clientError(error: unknown): { status: number; message: string } {
  const fields = error as { statusCode?: unknown; status?: unknown; message?: unknown };
  const status = [fields.statusCode, fields.status].find(
    (value) => typeof value === 'number' && value >= 400 && value < 500,
  );
  if (typeof status !== 'number') return { status: 500, message: 'An unexpected error occurred' };
  return { status, message: typeof fields.message === 'string' ? fields.message : 'The request is not valid' };
}
