import { CqlError } from './errors.js';
import type { Clause, Comparison, ComparisonOperator, CqlQuery, Operand, Ordering } from './syntax.js';
import { tokenise, type Token } from './tokens.js';

export interface CqlLimits {
  /** Characters of a query. */
  readonly lengthMax: number;
  /** Parentheses and `not` inside each other. */
  readonly depthMax: number;
  /** Comparisons and list elements. */
  readonly termsMax: number;
}

export const cqlLimitsDefault: CqlLimits = { lengthMax: 20_000, depthMax: 50, termsMax: 1_000 };

/** Reads CQL. Keywords have no case. Throws CqlError. */
export function parseCql(text: string, limits: CqlLimits = cqlLimitsDefault): CqlQuery {
  if (text.length > limits.lengthMax)
    throw new CqlError(`the query has more than ${limits.lengthMax} characters`, text.slice(0, 30), 1);
  const nul = text.indexOf('\0');
  // No text that is stored holds it, and databases refuse it.
  if (nul >= 0) throw new CqlError('unexpected character', '\\u0000', nul + 1);
  return new Parser(tokenise(text), limits).query();
}

class Parser {
  private at = 0;
  private terms = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly limits: CqlLimits,
  ) {}

  query(): CqlQuery {
    const where = this.isKeyword('order') ? undefined : this.or();
    const orderBy = this.orderings();
    if (this.peek().kind !== 'end') throw this.unexpected('unexpected text');
    if (!where && orderBy.length === 0) throw this.unexpected('the query is empty');
    return { where, orderBy };
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '', position: 1 };
  }

  private take(): Token {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  private isKeyword(word: string): boolean {
    return this.peek().kind === 'word' && this.peek().text.toLowerCase() === word;
  }

  private takeKeyword(word: string): boolean {
    if (!this.isKeyword(word)) return false;
    this.at += 1;
    return true;
  }

  private or(): Clause {
    const clauses = [this.and()];
    while (this.takeKeyword('or')) clauses.push(this.and());
    return clauses.length === 1 && clauses[0] ? clauses[0] : { kind: 'or', clauses };
  }

  private and(): Clause {
    const clauses = [this.unary()];
    while (this.takeKeyword('and')) clauses.push(this.unary());
    return clauses.length === 1 && clauses[0] ? clauses[0] : { kind: 'and', clauses };
  }

  private unary(): Clause {
    if (this.takeKeyword('not')) return this.deeper(() => ({ kind: 'not', clause: this.unary() }));
    if (this.peek().kind !== 'open') return this.comparison();
    this.take();
    const clause = this.deeper(() => this.or());
    if (this.take().kind !== 'close') throw this.unexpected("')' is missing", this.at - 1);
    return clause;
  }

  private deeper<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > this.limits.depthMax) throw this.unexpected(`more than ${this.limits.depthMax} levels`);
    const value = read();
    this.depth -= 1;
    return value;
  }

  private comparison(): Comparison {
    const field = this.take();
    if (field.kind !== 'word' && field.kind !== 'string') throw this.unexpected('a field is expected', this.at - 1);
    const operator = this.operator();
    const operands = operator === 'in' || operator === 'not in' ? this.list() : [this.operand()];
    return { kind: 'comparison', field: field.text, operator, operands, position: field.position };
  }

  private operator(): ComparisonOperator {
    if (this.takeKeyword('in')) return 'in';
    if (this.takeKeyword('not')) {
      if (this.takeKeyword('in')) return 'not in';
      throw this.unexpected("'in' is expected after 'not'");
    }
    const token = this.take();
    if (token.kind !== 'operator') throw this.unexpected('an operator is expected', this.at - 1);
    return token.text as ComparisonOperator;
  }

  private list(): Operand[] {
    // A function may stand for a list.
    if (this.peek().kind !== 'open') return [this.operand()];
    this.take();
    const operands = [this.operand()];
    while (this.peek().kind === 'comma') {
      this.take();
      operands.push(this.operand());
    }
    if (this.take().kind !== 'close') throw this.unexpected("')' is missing", this.at - 1);
    return operands;
  }

  private operand(): Operand {
    this.terms += 1;
    if (this.terms > this.limits.termsMax) throw this.unexpected(`more than ${this.limits.termsMax} terms`);
    const token = this.take();
    if (token.kind === 'string') return { kind: 'literal', text: token.text, position: token.position };
    if (token.kind !== 'word') throw this.unexpected('a value is expected', this.at - 1);
    if (this.peek().kind !== 'open') return { kind: 'literal', text: token.text, position: token.position };
    this.take();
    return { kind: 'call', name: token.text, arguments: this.callArguments(), position: token.position };
  }

  private callArguments(): string[] {
    const values: string[] = [];
    while (this.peek().kind === 'string' || this.peek().kind === 'word') {
      values.push(this.take().text);
      if (this.peek().kind !== 'comma') break;
      this.take();
    }
    if (this.take().kind !== 'close') throw this.unexpected("')' is missing", this.at - 1);
    return values;
  }

  private orderings(): Ordering[] {
    if (!this.takeKeyword('order')) return [];
    if (!this.takeKeyword('by')) throw this.unexpected("'by' is expected after 'order'");
    const orderings: Ordering[] = [];
    do {
      const field = this.take();
      if (field.kind !== 'word') throw this.unexpected('a field is expected', this.at - 1);
      const direction = this.takeKeyword('desc') ? 'desc' : 'asc';
      if (direction === 'asc') this.takeKeyword('asc');
      orderings.push({ field: field.text, direction, position: field.position });
    } while (this.peek().kind === 'comma' && this.take());
    return orderings;
  }

  private unexpected(problem: string, index = this.at): CqlError {
    const token = this.tokens[index] ?? this.peek();
    return new CqlError(problem, token.kind === 'end' ? 'the end' : token.text, token.position);
  }
}
