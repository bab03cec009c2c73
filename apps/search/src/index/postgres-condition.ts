import { titleKeyOf } from '@tributary/contracts';
import type { CheckedClause, CheckedQuery, KeywordField, TextField, TextPart } from '@tributary/cql';
import { withBigrams } from './words.js';

/** Collects parameters while SQL is written; values never become part of the text. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

const ids = (values: readonly string[]): string[] => values.filter((value) => /^\d{1,18}$/.test(value));
const lower = (values: readonly string[]): string[] => values.map((value) => value.toLowerCase());

/** SQL over `document d` for a clause. */
export function conditionOf(clause: CheckedClause, parameters: Parameters): string {
  switch (clause.kind) {
    case 'and':
    case 'or':
      return `(${clause.clauses.map((each) => conditionOf(each, parameters)).join(` ${clause.kind} `)})`;
    case 'not':
      return `(not ${conditionOf(clause.clause, parameters)})`;
    case 'keyword':
      return negated(keyword(clause.field, clause.values, parameters), clause.negated);
    case 'title':
      return negated(`d.title_key = any(${parameters.add(clause.values.map(titleKeyOf))}::text[])`, clause.negated);
    case 'text':
      return negated(
        clause.query.map((part) => textPart(clause.field, part, parameters)).join(' and '),
        clause.negated,
      );
    case 'date':
      return dateCondition(clause, parameters);
    case 'property':
      return propertyCondition(clause, parameters);
  }
}

const negated = (condition: string, isNegated: boolean): string =>
  isNegated ? `(not coalesce((${condition}), false))` : `coalesce((${condition}), false)`;

function keyword(field: KeywordField, values: readonly string[], parameters: Parameters): string {
  switch (field) {
    case 'id':
    case 'content':
      return `d.id = any(${parameters.add(ids(values))}::bigint[])`;
    case 'ancestor':
      return `d.ancestor_ids && ${parameters.add(ids(values))}::bigint[]`;
    case 'parent':
      return `d.parent_id = any(${parameters.add(ids(values))}::bigint[])`;
    case 'container':
      return `d.container_id = any(${parameters.add(ids(values))}::bigint[])`;
    case 'space':
      return `lower(d.space_key) = any(${parameters.add(lower(values))}::text[])`;
    case 'space.title':
      return `lower(d.space_name) = any(${parameters.add(lower(values))}::text[])`;
    case 'space.type':
      return `d.space_type = any(${parameters.add(lower(values))}::text[])`;
    case 'type':
      return `d.type = any(${parameters.add(lower(values))}::text[])`;
    case 'status':
      return `d.status = any(${parameters.add(lower(values))}::text[])`;
    case 'label':
      return `d.labels && ${parameters.add(lower(values).map((value) => value.replace(/^global:/, '')))}::text[]`;
    case 'macro':
      return `d.macros && ${parameters.add(values)}::text[]`;
    case 'creator':
      return `d.creator_key = any(${parameters.add(values)}::text[])`;
    case 'contributor':
      return `d.contributor_keys && ${parameters.add(values)}::text[]`;
  }
}

const columns: Record<TextField, { vector: string; text: string }> = {
  title: { vector: 'd.title_vector', text: 'd.title' },
  text: { vector: 'd.text_vector', text: 'd.text' },
  sitesearch: { vector: 'd.text_vector', text: 'd.text' },
  'space.title': { vector: `to_tsvector('simple', d.space_name)`, text: 'd.space_name' },
};

function textPart(field: TextField, part: TextPart, parameters: Parameters): string {
  const { vector, text } = columns[field];
  if (part.kind === 'wildcard') {
    const prefix = /^[^*?]+(?=\*$)/.exec(part.pattern)?.[0];
    if (prefix && /^[\p{L}\p{N}]+$/u.test(prefix)) return `${vector} @@ ${prefixQuery(prefix, parameters)}`;
    return `${text} ~* ${parameters.add(wildcardPattern(part.pattern))}`;
  }
  return `${vector} @@ ${tsquery(part, parameters)}`;
}

/** The query of one part, without wildcards inside words. */
function tsquery(part: Exclude<TextPart, { kind: 'wildcard' }>, parameters: Parameters): string {
  if (part.kind === 'fuzzy') {
    const characters = Array.from(part.text);
    const kept = Math.max(2, Math.ceil(characters.length * part.similarity));
    return prefixQuery(characters.slice(0, kept).join(''), parameters);
  }
  if (part.kind === 'phrase') {
    const words = withBigrams(part.words.join(' '));
    // Within a distance: PostgreSQL knows exact distances only, so all words in any place is the nearest that it has.
    return part.distance > 0
      ? `plainto_tsquery('simple', ${parameters.add(words)})`
      : `phraseto_tsquery('simple', ${parameters.add(words)})`;
  }
  return `phraseto_tsquery('simple', ${parameters.add(withBigrams(part.text))})`;
}

const prefixQuery = (prefix: string, parameters: Parameters): string =>
  `to_tsquery('simple', quote_literal(${parameters.add(prefix.toLowerCase())}::text) || ':*')`;

/** Words with `*` and `?` as a regular expression; everything else in it is literal. */
const wildcardPattern = (pattern: string): string =>
  `\\m${pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '\\w*')
    .replaceAll('?', '\\w')}\\M`;

function dateCondition(clause: Extract<CheckedClause, { kind: 'date' }>, parameters: Parameters): string {
  const column = clause.field === 'created' ? 'd.created_at' : 'd.last_modified';
  const [from, to] = [`${parameters.add(clause.from)}::timestamptz`, `${parameters.add(clause.to)}::timestamptz`];
  switch (clause.operator) {
    case '=':
      return `${column} between ${from} and ${to}`;
    case '!=':
      return `${column} not between ${from} and ${to}`;
    case '>':
      return `(${column} > ${to} and ${from} is not null)`;
    case '>=':
      return `(${column} >= ${from} and ${to} is not null)`;
    case '<':
      return `(${column} < ${from} and ${to} is not null)`;
    case '<=':
      return `(${column} <= ${to} and ${from} is not null)`;
  }
}

function propertyCondition(clause: Extract<CheckedClause, { kind: 'property' }>, parameters: Parameters): string {
  const value = `(d.properties -> ${parameters.add(clause.key)}::text) #>> ${parameters.add(clause.path)}::text[]`;
  const [first = ''] = clause.values;
  switch (clause.operator) {
    case '~':
    case '!~':
      return negated(
        `to_tsvector('simple', ${value}) @@ plainto_tsquery('simple', ${parameters.add(first)})`,
        clause.operator === '!~',
      );
    case '=':
    case 'in':
    case '!=':
    case 'not in':
      return negated(
        `${value} = any(${parameters.add(clause.values)}::text[])`,
        clause.operator === '!=' || clause.operator === 'not in',
      );
    default:
      // Numbers are compared as numbers, all else as text.
      return `coalesce(case when ${value} ~ '^-?[0-9.]+$' and ${parameters.add(first)}::text ~ '^-?[0-9.]+$'
        then (${value})::numeric ${clause.operator} nullif(regexp_replace(${parameters.add(first)}::text, '[^0-9.-]', '', 'g'), '')::numeric
        else ${value} ${clause.operator} ${parameters.add(first)}::text end, false)`;
  }
}

/** All texts that a query looks for, as one tsquery: for ranks. Undefined without any. */
export function soughtText(query: CheckedQuery, parameters: Parameters): string | undefined {
  const parts = query.where ? partsIn(query.where) : [];
  const queries = parts.flatMap((part) => (part.kind === 'wildcard' ? [] : [tsquery(part, parameters)]));
  return queries.length > 0 ? `(${queries.join(' || ')})` : undefined;
}

function partsIn(clause: CheckedClause): TextPart[] {
  if (clause.kind === 'text') return clause.negated ? [] : [...clause.query];
  if (clause.kind === 'and' || clause.kind === 'or') return clause.clauses.flatMap(partsIn);
  return [];
}
