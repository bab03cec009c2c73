import { z } from 'zod';
import * as contracts from '../index.js';

/** One field of a message: what it may be, and whether it is always there. Numbers in a path stand for the parts of a union. */
export interface DescribedField {
  readonly types: readonly string[];
  readonly isNeeded: boolean;
  readonly values?: readonly string[];
}
export type DescribedShape = Readonly<Record<string, DescribedField>>;

/** All that crosses NATS between services, by subject. */
export interface DescribedContracts {
  readonly version: number;
  readonly requests: Readonly<Record<string, { readonly request: DescribedShape; readonly reply: DescribedShape }>>;
  readonly events: Readonly<Record<string, DescribedShape>>;
}

interface JsonSchema {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
}

/** Describes the contracts of this build so that two builds can be compared. */
export function describeContracts(): DescribedContracts {
  const requests: Record<string, { request: DescribedShape; reply: DescribedShape }> = {};
  const events: Record<string, DescribedShape> = {};
  for (const declared of allDeclared()) {
    if ('request' in declared) {
      requests[declared.subject] = {
        request: shapeOf(declared.request, 'input'),
        reply: shapeOf(declared.reply, 'output'),
      };
    } else events[declared.subject] = shapeOf(declared.payload, 'output');
  }
  return { version: contracts.contractsVersion, requests: sorted(requests), events: sorted(events) };
}

type Declared = contracts.AnyRequestContract | contracts.EventContract<z.ZodType>;

const isDeclared = (value: unknown): value is Declared =>
  typeof value === 'object' && value !== null && 'subject' in value && ('request' in value || 'payload' in value);

/** What the package exports, itself or in a namespace, the requests that each service or node has of its own, and what is told or kept without one. */
function allDeclared(): Declared[] {
  const namespaces = Object.values(contracts).filter((value) => typeof value === 'object' && value !== null);
  return [
    ...[...Object.values(contracts), ...namespaces.flatMap((namespace) => Object.values(namespace))].filter(isDeclared),
    ...contracts.serviceNames.map(contracts.jobs.runJobOf),
    contracts.administration.nodeCommandOf('NODE'),
    contracts.administration.auditCachesOf('NODE'),
    ...told,
  ];
}

/** Whose readers are processes of the neighbouring version as well: what is told over core NATS, and what lies in the store of leases. */
const told: readonly Declared[] = [
  { subject: contracts.administration.heartbeatOf('NODE'), payload: contracts.administration.NodeReport },
  { subject: contracts.administration.administeredSubject, payload: contracts.administration.AuditRecord },
  { subject: contracts.administration.alarmSubject, payload: contracts.administration.Alarm },
  { subject: contracts.cluster.subjects.view, payload: contracts.cluster.View },
  ...Object.entries({
    [contracts.cluster.leaderKey]: contracts.cluster.LeaderRegistration,
    [contracts.cluster.identityKey]: contracts.cluster.ClusterIdentity,
    [contracts.cluster.timesKey]: contracts.cluster.ClusterTimes,
    [contracts.cluster.memberKey('NODE')]: contracts.cluster.MemberRegistration,
  }).map(([key, payload]) => ({ subject: `${contracts.cluster.leaseBucket}/${key}`, payload })),
];

function shapeOf(schema: z.ZodType, io: 'input' | 'output'): DescribedShape {
  const found: Record<string, DescribedField> = {};
  const options = { io, unrepresentable: 'any', reused: 'inline' } as const;
  walk(z.toJSONSchema(schema, options) as JsonSchema, '', true, found);
  return sorted(found);
}

function walk(schema: JsonSchema, path: string, isNeeded: boolean, found: Record<string, DescribedField>): void {
  const parts = schema.anyOf ?? schema.oneOf;
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  const types = parts ? parts.flatMap(typesOf) : typesOf(schema);
  if (path !== '')
    found[path] = {
      types: [...new Set(types)].toSorted(),
      isNeeded,
      ...(values ? { values: values.map(String) } : {}),
    };
  parts?.forEach((part, index) => walk(part, `${path}|${index}`, isNeeded, found));
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    walk(property, `${path}.${name}`, schema.required?.includes(name) ?? false, found);
  if (schema.items) walk(schema.items, `${path}[]`, true, found);
  if (typeof schema.additionalProperties === 'object' && Object.keys(schema.additionalProperties).length > 0)
    walk(schema.additionalProperties, `${path}{}`, true, found);
}

const typesOf = (schema: JsonSchema): string[] =>
  [schema.type ?? (schema.enum || schema.const !== undefined ? 'string' : 'any')].flat();

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1)));
