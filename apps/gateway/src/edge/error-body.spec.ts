import { describe, expect, it } from '@jest/globals';
import { badRequest, notFound, ServiceError } from '@tributary/contracts';
import { describeError, errorBody } from './error-body.js';

describe('error bodies', () => {
  it('have the documented shape', () => {
    const { status, message, details } = describeError(notFound('No content found'));
    expect(errorBody(status, message, details)).toEqual({
      statusCode: 404,
      data: expect.objectContaining({ valid: true, allowedInReadOnlyMode: true, errors: [], successful: false }),
      message: 'No content found',
      reason: 'Not Found',
    });
  });

  it('say that read-only mode is what refuses', () => {
    const { status, message } = describeError(new ServiceError('readOnly', 'read-only'));
    expect(errorBody(status, message)).toMatchObject({
      statusCode: 405,
      reason: 'Method Not Allowed',
      data: { authorized: true, valid: true, allowedInReadOnlyMode: false },
    });
  });

  it('say that what was sent is not valid', () => {
    expect(errorBody(400, describeError(badRequest('no')).message).data.valid).toBe(false);
  });

  it('show nothing of an unexpected failure', () => {
    const { status, message } = describeError(new Error('select * from secrets'));
    expect([status, message]).toEqual([500, 'An unexpected error occurred']);
  });

  it("pass on what Fastify says of a client's mistake, and nothing that it says of its own", () => {
    expect(describeError(Object.assign(new Error('too large'), { statusCode: 413 })).status).toBe(413);
    expect(describeError(Object.assign(new Error('inside'), { statusCode: 502 })).message).not.toContain('inside');
  });
});
