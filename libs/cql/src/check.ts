import { edgeOf, moveNow, parseDate, type Period } from './dates.js';
import { CqlError, CqlNotSupportedError } from './errors.js';
import { parseTextQuery, type TextQuery } from './text-query.js';
import type { Clause, Comparison, ComparisonOperator, CqlQuery, FunctionCall, Operand } from './syntax.js';

/** In whose name and from where a query is asked: what functions stand for. */
export interface CqlContext {
  readonly currentUserKey: string | null;
  readonly currentContentId?: string | undefined;
  readonly currentSpaceKey?: string | undefined;
  readonly now: Date;
  /** IANA name of the time zone in which dates are written and days begin. */
  readonly timeZone: string;
}

type Equality = '=' | '!=' | 'in' | 'not in';
type Order = '>' | '>=' | '<' | '<=';

/** Fields whose values are compared as they are. */
export const keywordFields = [
  'id',
  'content',
  'ancestor',
  'parent',
  'container',
  'space',
  'space.title',
  'space.type',
  'type',
  'label',
  'creator',
  'contributor',
  'macro',
  'status',
] as const;
export type KeywordField = (typeof keywordFields)[number];
export const dateFields = ['created', 'lastmodified'] as const;
export type DateField = (typeof dateFields)[number];
export const textFields = ['title', 'text', 'sitesearch', 'space.title'] as const;
export type TextField = (typeof textFields)[number];
export const orderFields = ['title', 'created', 'lastmodified', 'id', 'type', 'space', 'score'] as const;
export type OrderField = (typeof orderFields)[number];

/** A clause whose fields, operators and values are known to fit. */
export type CheckedClause =
  | {
      readonly kind: 'keyword';
      readonly field: KeywordField;
      readonly values: readonly string[];
      readonly negated: boolean;
    }
  | { readonly kind: 'title'; readonly values: readonly string[]; readonly negated: boolean }
  | { readonly kind: 'text'; readonly field: TextField; readonly query: TextQuery; readonly negated: boolean }
  | {
      readonly kind: 'date';
      readonly field: DateField;
      readonly operator: Order | '=' | '!=';
      readonly from: Date;
      readonly to: Date;
    }
  | {
      readonly kind: 'property';
      readonly key: string;
      readonly path: readonly string[];
      readonly operator: ComparisonOperator;
      readonly values: readonly string[];
    }
  | { readonly kind: 'and' | 'or'; readonly clauses: readonly CheckedClause[] }
  | { readonly kind: 'not'; readonly clause: CheckedClause };

export interface CheckedQuery {
  readonly where: CheckedClause | undefined;
  readonly orderBy: readonly { readonly field: OrderField; readonly direction: 'asc' | 'desc' }[];
}

const aliases = new Map([
  ['space.key', 'space'],
  ['spacekey', 'space'],
  ['createddate', 'created'],
  ['modified', 'lastmodified'],
]);
const notYet = [
  'favourite',
  'favorite',
  'mention',
  'watcher',
  'user',
  'user.fullname',
  'user.userkey',
  'user.accountid',
  'space.category',
];
const types = ['page', 'blogpost', 'comment'];
const typesNotYet = ['attachment', 'space', 'user'];
const propertyForm = /^content\.property\[([^\]]+)\](?:\.(.+))?$/i;

/** Checks a query and puts values in the place of functions. Throws CqlError with the token that doesn't fit. */
export function checkCql(query: CqlQuery, context: CqlContext): CheckedQuery {
  return {
    where: query.where && checkClause(query.where, context),
    orderBy: query.orderBy.map(({ field, direction, position }) => {
      const name = canonical(field);
      const known = orderFields.find((each) => each === name);
      if (!known) throw new CqlError('results can not be ordered by this field', field, position);
      return { field: known, direction };
    }),
  };
}

const canonical = (field: string): string => aliases.get(field.toLowerCase()) ?? field.toLowerCase();

function checkClause(clause: Clause, context: CqlContext): CheckedClause {
  switch (clause.kind) {
    case 'and':
    case 'or':
      return { kind: clause.kind, clauses: clause.clauses.map((each) => checkClause(each, context)) };
    case 'not':
      return { kind: 'not', clause: checkClause(clause.clause, context) };
    case 'comparison':
      return checkComparison(clause, context);
  }
}

function checkComparison(comparison: Comparison, context: CqlContext): CheckedClause {
  const { field, operator, position } = comparison;
  const property = propertyForm.exec(field);
  if (property) {
    const path = property[2] ? property[2].split('.') : [];
    return { kind: 'property', key: property[1] ?? '', path, operator, values: literals(comparison, context) };
  }
  const name = canonical(field);
  const negated = operator === '!=' || operator === 'not in' || operator === '!~';
  const date = dateFields.find((each) => each === name);
  if (date) return checkDate(comparison, date, context);
  if (operator === '~' || operator === '!~') {
    const text = textFields.find((each) => each === name);
    if (!text && notYet.includes(name)) throw unknownField(field, name, position);
    if (!text) throw new CqlError(`the operator '${operator}' does not fit the field`, field, position);
    return { kind: 'text', field: text, query: textOf(comparison, context), negated };
  }
  if (!isEquality(operator)) throw new CqlError(`the operator '${operator}' does not fit the field`, field, position);
  if (name === 'title') return { kind: 'title', values: literals(comparison, context), negated };
  const keyword = keywordFields.find((each) => each === name);
  if (!keyword) throw unknownField(field, name, position);
  const values = literals(comparison, context);
  if (keyword === 'type') checkTypes(comparison, values, negated);
  return { kind: 'keyword', field: keyword, values, negated };
}

const isEquality = (operator: ComparisonOperator): operator is Equality =>
  ['=', '!=', 'in', 'not in'].includes(operator);

/** Throws for what isn't a field that can be asked for. */
function unknownField(field: string, name: string, position: number): Error {
  return notYet.includes(name)
    ? new CqlNotSupportedError('this field', field, position)
    : new CqlError('there is no such field', field, position);
}

/** What is asked for by type: what has no index yet can't be found, and nothing else can be found at all. */
function checkTypes(comparison: Comparison, values: readonly string[], negated: boolean): void {
  for (const [index, given] of values.entries()) {
    const type = given.toLowerCase();
    const position = comparison.operands[index]?.position ?? comparison.position;
    if (typesNotYet.includes(type) && !negated) throw new CqlNotSupportedError('this type', given, position);
    if (!typesNotYet.includes(type) && !types.includes(type))
      throw new CqlError('there is no such type', given, position);
  }
}

function textOf(comparison: Comparison, context: CqlContext): TextQuery {
  const [operand] = comparison.operands;
  const text = operand ? value(operand, context) : '';
  return parseTextQuery(text, operand?.position ?? comparison.position);
}

const literals = (comparison: Comparison, context: CqlContext): string[] =>
  comparison.operands.map((operand) => value(operand, context));

function value(operand: Operand, context: CqlContext): string {
  if (operand.kind === 'literal') return operand.text;
  const name = operand.name.toLowerCase();
  // Nobody, or nowhere: an empty value, which equals nothing.
  if (name === 'currentuser') return context.currentUserKey ?? '';
  if (name === 'currentcontent') return context.currentContentId ?? '';
  if (name === 'currentspace') return context.currentSpaceKey ?? '';
  if (['recentlyviewedcontent', 'recentlyviewedspaces', 'favouritespaces', 'favoritespaces'].includes(name)) {
    throw new CqlNotSupportedError('this function', operand.name, operand.position);
  }
  throw new CqlError('there is no such function for this field', operand.name, operand.position);
}

function checkDate(comparison: Comparison, field: DateField, context: CqlContext): CheckedClause {
  const { operator, position } = comparison;
  const [operand] = comparison.operands;
  if (!operand || operator === '~' || operator === '!~' || operator === 'in' || operator === 'not in') {
    throw new CqlError(`the operator '${operator}' does not fit the field`, comparison.field, position);
  }
  return { kind: 'date', field, operator, ...moment(operand, context) };
}

/** A date without a time stands for its whole day, a function for a moment. */
function moment(operand: Operand, context: CqlContext): { from: Date; to: Date } {
  if (operand.kind === 'literal') return parseDate(operand.text, context.timeZone, operand.position);
  const date = momentOf(operand, context);
  return { from: date, to: date };
}

function momentOf(call: FunctionCall, { now, timeZone }: CqlContext): Date {
  const name = call.name.toLowerCase();
  const [text] = call.arguments;
  const offset = text === undefined ? undefined : { text, position: call.position };
  if (name === 'now') return offset ? moveNow(now, offset.text, timeZone, offset.position) : now;
  const [, edge, period] =
    /^(start|end)of(day|week|month|year)$/.exec(name === 'currentdate' ? 'startofday' : name) ?? [];
  if (!edge || !period) throw new CqlError('there is no such function for a date', call.name, call.position);
  return edgeOf(edge as 'start' | 'end', period as Period, offset, now, timeZone);
}
