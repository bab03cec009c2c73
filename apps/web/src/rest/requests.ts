/** A request with a JSON body. */
export const json = (method: string, body: unknown): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
});

/** A storage-format body as Confluence's API takes it. */
export const bodyOf = (value: string) => ({ storage: { value, representation: 'storage' } });
