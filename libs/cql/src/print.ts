import type { Clause, CqlQuery, Operand } from './syntax.js';

/** CQL of a query: read again, it gives the same query but for positions. */
export function printCql(query: CqlQuery): string {
  const orderings = query.orderBy.map(({ field, direction }) => `${field} ${direction}`).join(', ');
  const where = query.where ? printClause(query.where) : '';
  return [where, orderings && `order by ${orderings}`].filter((part) => part !== '').join(' ');
}

function printClause(clause: Clause): string {
  switch (clause.kind) {
    case 'and':
    case 'or':
      return clause.clauses.map(printInner).join(` ${clause.kind} `);
    case 'not':
      return `not ${printInner(clause.clause)}`;
    case 'comparison': {
      const operands = clause.operands.map(printOperand).join(', ');
      const isList = clause.operator === 'in' || clause.operator === 'not in';
      return `${quote(clause.field)} ${clause.operator} ${isList ? `(${operands})` : operands}`;
    }
  }
}

const printInner = (clause: Clause): string =>
  clause.kind === 'and' || clause.kind === 'or' ? `(${printClause(clause)})` : printClause(clause);

const printOperand = (operand: Operand): string =>
  operand.kind === 'literal' ? quote(operand.text) : `${operand.name}(${operand.arguments.map(quote).join(', ')})`;

const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
