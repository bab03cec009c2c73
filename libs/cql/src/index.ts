export {
  checkCql,
  type CheckedClause,
  type CheckedQuery,
  type CqlContext,
  type DateField,
  type KeywordField,
  type OrderField,
  type TextField,
} from './check.js';
export { CqlError, CqlNotSupportedError } from './errors.js';
export { cqlLimitsDefault, parseCql, type CqlLimits } from './parse.js';
export { printCql } from './print.js';
export type * from './syntax.js';
export { parseTextQuery, type TextPart, type TextQuery } from './text-query.js';
