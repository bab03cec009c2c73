/**
 * The outbox: events wait here, written in the same transaction as the change that they tell of, until the relay has given
 * them to JetStream. Put this statement into the first migration of a service that publishes events.
 */
export const outboxTable = `
  create table outbox (
    sequence bigint generated always as identity primary key,
    id uuid not null default gen_random_uuid(),
    subject text not null,
    payload jsonb not null,
    created_at timestamptz not null default now()
  )`;
