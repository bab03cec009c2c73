/** What an editor of code says beside the text that is copied from it: Visual Studio Code. Undefined where the text comes from no such editor. */
export function codeLanguageOf(data: Pick<DataTransfer, 'getData'> | null): string | undefined {
  const written = data?.getData('vscode-editor-data');
  if (!written) return undefined;
  const said = parsed(written);
  const mode = typeof said === 'object' && said !== null && 'mode' in said ? said.mode : undefined;
  return typeof mode === 'string' ? mode : 'plaintext';
}

/** Any page that one copies from can say anything. */
function parsed(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    // It is code all the same, of a language that isn't said.
    return undefined;
  }
}
