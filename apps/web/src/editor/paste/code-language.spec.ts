import { describe, expect, it } from '@jest/globals';
import { codeLanguageOf } from './code-language';

const copied = (written: string) => ({ getData: (type: string) => (type === 'vscode-editor-data' ? written : '') });

describe('the language of code that an editor put on the clipboard', () => {
  it('is what the editor says', () => {
    expect(codeLanguageOf(copied('{"version":1,"mode":"rust"}'))).toBe('rust');
    expect(codeLanguageOf(copied('{"version":1}'))).toBe('plaintext');
  });

  it('is none where nothing says that it is code', () => {
    expect(codeLanguageOf(copied(''))).toBeUndefined();
    expect(codeLanguageOf(null)).toBeUndefined();
  });

  it.each(['{"mode":', 'rust', 'null', '7', '{"mode":null}', '[]'])(
    'is plain where what is said is no such: %s',
    (said) => {
      expect(codeLanguageOf(copied(said))).toBe('plaintext');
    },
  );
});
