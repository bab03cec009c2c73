import { expect, it } from '@jest/globals';
import { samples } from './samples';
import { kindOfText } from './text-kind';

it.each([
  ['markdown', samples.markdown],
  ['markdown', '- one\n- two\n- three'],
  ['markdown', '## Steps\n1. a\n2. b'],
  ['markdown', 'See [docs](https://example.org/x).'],
  ['wiki', 'h1. Title\n\nSome *text*.'],
  ['wiki', '||Host||Load||\n|db1|0.7|'],
  ['wiki', '{code:java}\nint a;\n{code}'],
  ['wiki', '# one\n## deeper\n# two {{x}}'],
  ['wiki', 'Ask [the team|OPS:On-call] first.'],
  ['table', 'Host\tLoad\ndb1\t0.7\n'],
  ['plain', 'Dear all,\n\nit works. See you - Jane (and *he*)'],
  ['plain', 'function a() {\n\tif (b) {\n\t\treturn [c](d);\n\t}\n}'],
  ['plain', '#!/bin/sh\n# a comment\nls -la'],
  ['plain', '2 * 3 * 4 = 24 | a | b'],
  ['plain', '1. January is cold'],
  ['plain', '\tindented\n\tindented'],
  ['plain', '本日は*晴天*なり'],
])('%s: %j', (kind, text) => expect(kindOfText(text)).toBe(kind));
