const endings: Readonly<Record<string, string>> = { jpeg: 'jpg', 'svg+xml': 'svg', 'x-icon': 'ico' };

/** The picture that an address holds; undefined for another address, and for one that can't be read. */
function fileOfDataUrl(address: string): File | undefined {
  const [, type = '', kind = '', base64, data = ''] =
    /^data:(image\/([\w.+-]+))(?:;[\w-]+=[^;,]*)*(;base64)?,(.+)$/is.exec(address) ?? [];
  if (type === '') return undefined;
  try {
    const bytes = base64 === undefined ? new TextEncoder().encode(decodeURIComponent(data)) : bytesOf(data);
    const ending = kind.toLowerCase();
    return new File([bytes], `image.${endings[ending] ?? ending}`, { type: type.toLowerCase() });
  } catch {
    // Not written as it says.
    return undefined;
  }
}

const bytesOf = (base64: string) =>
  Uint8Array.from(atob(decodeURIComponent(base64)), (character) => character.charCodeAt(0));

/** Whether a picture's address leads nowhere but in the program that it was copied from, or holds the picture. */
export const isLocal = (address: string): boolean => /^(?:file|data|blob|cid|held|webkit-fake-url):/i.test(address);

const held = /data:image\/[\w.+-]+(?:;[\w=-]+)*;base64,[\w+/=%]+/gi;

/** Pictures that the HTML of the last paste holds; they are megabytes, and nothing that reads the HTML wants to see them. */
export class HeldPictures {
  private addresses: string[] = [];

  /** The HTML with a short address in the place of each. */
  takeOut(html: string): string {
    this.addresses = [];
    return html.replace(held, (address) => `held:${this.addresses.push(address) - 1}`);
  }

  /** The picture that an address stands for or is; undefined for one that is elsewhere. */
  fileOf(address: string): File | undefined {
    const [, number] = /^held:(\d+)$/.exec(address) ?? [];
    return fileOfDataUrl((number && this.addresses[Number(number)]) || address);
  }
}
