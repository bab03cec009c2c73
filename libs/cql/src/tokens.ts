import { CqlError } from './errors.js';

export interface Token {
  readonly kind: 'word' | 'string' | 'operator' | 'open' | 'close' | 'comma' | 'end';
  readonly text: string;
  /** From 1. */
  readonly position: number;
}

const operators = ['!=', '>=', '<=', '!~', '=', '>', '<', '~'];
const endOfWord = /[\s()=<>!~,"']/;

/** Takes CQL apart. Strings stand in double or single quotes, with a backslash before a quote or a backslash. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const push = (kind: Token['kind'], value: string, length: number): void => {
    tokens.push({ kind, text: value, position: at + 1 });
    at += length;
  };
  while (at < text.length) {
    const character = text[at] ?? '';
    const operator = operators.find((each) => text.startsWith(each, at));
    if (/\s/.test(character)) at += 1;
    else if (character === '(') push('open', '(', 1);
    else if (character === ')') push('close', ')', 1);
    else if (character === ',') push('comma', ',', 1);
    else if (operator) push('operator', operator, operator.length);
    else if (character === '"' || character === "'") {
      const { value, length } = readString(text, at);
      push('string', value, length);
    } else if (character === '!') throw new CqlError('unexpected character', '!', at + 1);
    else {
      const word = readWord(text, at);
      push('word', word, word.length);
    }
  }
  push('end', '', 0);
  return tokens;
}

function readString(text: string, start: number): { value: string; length: number } {
  const quote = text[start];
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === quote) return { value, length: at + 1 - start };
    if (character === '\\' && at + 1 < text.length) {
      at += 1;
      value += unescape(text[at] ?? '');
    } else value += character;
  }
  throw new CqlError('a string is not closed', text.slice(start, start + 30), start + 1);
}

const unescape = (character: string): string => (character === 'n' ? '\n' : character === 't' ? '\t' : character);

function readWord(text: string, start: number): string {
  let end = start;
  // A property's key stands in brackets and may hold what ends a word elsewhere.
  let inBrackets = false;
  while (end < text.length) {
    const character = text[end] ?? '';
    if (!inBrackets && endOfWord.test(character)) break;
    if (character === '[') inBrackets = true;
    if (character === ']') inBrackets = false;
    end += 1;
  }
  return text.slice(start, end);
}
