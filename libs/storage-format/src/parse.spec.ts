import { describe, expect, it } from '@jest/globals';
import { StorageFormatError } from './errors.js';
import { parseStorage } from './parse.js';
import { serialiseStorage } from './serialise.js';

const refusal = (source: string): { code: string; at: string } => {
  try {
    parseStorage(source);
  } catch (error) {
    if (error instanceof StorageFormatError) return { code: error.code, at: `${error.line}:${error.column}` };
    throw error;
  }
  throw new Error('The body was accepted.');
};

describe('parseStorage', () => {
  it.each([
    ['', 'nothing'],
    ["<p>a&nbsp;b &eacute; &quot;x&quot; ' &#160; &#xA9;</p>", 'references as written'],
    [
      '<p  class=\'x\'\n title="a &amp; b"  >x</p ><br/><br /><p></p><p />',
      'white space in tags, quotes, empty elements',
    ],
    ['<ac:image ac:height="250"><ri:attachment ri:filename="a&uuml;.png" /></ac:image>', 'namespace prefixes'],
    ['<x:y z:b="2" z:a="1"><unknown/></x:y>', 'what nobody knows, order of attributes'],
    ['a<!-- note --><?php echo 1 ?><?x?>b\r\nc\r', 'comments, instructions, text at the top level'],
    ['<ac:plain-text-body><![CDATA[a]]]]><![CDATA[>b & <c>]]></ac:plain-text-body>', 'CDATA that is split'],
    ['𝒳<p title="𝒳">日本語 👍🏽</p>', 'characters beyond 16 bits'],
    ['<p>a > b</p>', 'a bracket that need not be escaped'],
  ])('keeps %j (%s)', (source) => {
    expect(serialiseStorage(parseStorage(source))).toBe(source);
  });

  it('resolves references in values', () => {
    expect(parseStorage('<p title="&eacute;&#9;">&nbsp;&hearts;&lt;</p>').children).toEqual([
      {
        type: 'element',
        name: 'p',
        attributes: [{ name: 'title', value: 'é\t' }],
        children: [{ type: 'text', value: '\u00a0♥<' }],
      },
    ]);
  });

  it.each([
    ['<p>a</b>', 'malformed', '1:8'],
    ['<p>\n<b>x</p>', 'malformed', '2:8'],
    ['x\n  <p>never closed', 'malformed', '2:3'],
    ['<p a=1>x</p>', 'malformed', '1:6'],
    ['<p a="1" a="2">x</p>', 'malformed', '1:15'],
    ['a & b', 'malformed', '1:3'],
    ['a < b', 'malformed', '1:4'],
    ['x</p>', 'malformed', '1:5'],
    ['<p>&bogus;</p>', 'undefined-entity', '1:10'],
    ['<p>a & b</p>', 'malformed', '1:6'],
    ['<p>a</p>\n<p>b && c; d</p>', 'malformed', '2:6'],
    ['<p title="a & b">x</p>', 'malformed', '1:13'],
    ['<p>a &amp b</p>', 'malformed', '1:6'],
    ['<p><![CDATA[a & b', 'malformed', '1:1'],
    ['<p>&constructor;</p>', 'undefined-entity', '1:16'],
    ['<p>a\u0000</p>', 'disallowed-character', '1:5'],
    ['<p>&#11;</p>', 'disallowed-character', '1:8'],
    ['a\nb\ud800c', 'disallowed-character', '2:2'],
    ['<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><p>&b;</p>', 'document-type', '1:9'],
    ['<?xml version="1.0"?><p/>', 'malformed', '1:6'],
    ['<![CDATA[never closed', 'malformed', '1:21'],
    ['a]]>b', 'malformed', '1:2'],
    ['<p>a]]>b</p>', 'malformed', '1:7'],
  ])('refuses %j as %s at %s', (source, code, at) => {
    expect(refusal(source)).toEqual({ code, at });
  });

  it('refuses 100,000 nested elements where the 513th begins', () => {
    expect(refusal('<b>'.repeat(100_000))).toEqual({ code: 'too-deep', at: `1:${513 * 3}` });
  });

  it('refuses what is too long, too many nodes and too many attributes', () => {
    expect(() => parseStorage('abc', { lengthMax: 2 })).toThrow('longer than 2');
    expect(() => parseStorage('<p/><p/>', { nodesMax: 1 })).toThrow('more than 1 nodes');
    expect(() => parseStorage('<p a="" b="" c=""/>', { attributesMax: 2 })).toThrow('more than 2 attributes');
  });
});
