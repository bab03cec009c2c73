/** The syntax tree of a query: immutable values with the places where they were written. */

export const comparisonOperators = ['=', '!=', '>', '>=', '<', '<=', '~', '!~', 'in', 'not in'] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];

export interface Literal {
  readonly kind: 'literal';
  readonly text: string;
  readonly position: number;
}

/** `name(arguments)`, for example `now("-1w")`. */
export interface FunctionCall {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly string[];
  readonly position: number;
}

export type Operand = Literal | FunctionCall;

export interface Comparison {
  readonly kind: 'comparison';
  readonly field: string;
  readonly operator: ComparisonOperator;
  /** One, or the elements of a list after `in`. */
  readonly operands: readonly Operand[];
  readonly position: number;
}

export interface And {
  readonly kind: 'and';
  readonly clauses: readonly Clause[];
}

export interface Or {
  readonly kind: 'or';
  readonly clauses: readonly Clause[];
}

export interface Not {
  readonly kind: 'not';
  readonly clause: Clause;
}

export type Clause = Comparison | And | Or | Not;

export interface Ordering {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
  readonly position: number;
}

export interface CqlQuery {
  /** Undefined when the query only orders. */
  readonly where: Clause | undefined;
  readonly orderBy: readonly Ordering[];
}
