import { gzip } from 'node:zlib';
import { baseUrlMark } from '@tributary/contracts';

/** Shorter answers fit into one packet or two: compressing them helps nobody. */
const gzipBytesMin = 1_400;
/** Beside the bytes themselves: objects, and places in arrays. */
const overheadBytes = 300;

const markBytes = Buffer.from(baseUrlMark);

/** An answer's bytes for many readers: cut at the marks of the base URL, put together for the base that was asked last. */
export class BasedBytes {
  private readonly pieces: Buffer[] = [];
  private lastBase: string | undefined;
  private lastBytes: Buffer = Buffer.alloc(0);
  private lastGzipped: Buffer | 'under way' | undefined;

  constructor(bytes: Uint8Array) {
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let from = 0;
    for (let at = source.indexOf(markBytes); at >= 0; at = source.indexOf(markBytes, from)) {
      this.pieces.push(Buffer.from(source.subarray(from, at)));
      from = at + markBytes.length;
    }
    this.pieces.push(Buffer.from(source.subarray(from)));
  }

  /** What it may come to hold: the pieces, the bytes put together, and those compressed, which are fewer. */
  get sizeBytes(): number {
    return 3 * this.pieces.reduce((sum, piece) => sum + piece.length, 0) + overheadBytes;
  }

  /** Whether it is the same answer, whatever base it was put together for. */
  equals(other: BasedBytes): boolean {
    return (
      this.pieces.length === other.pieces.length &&
      this.pieces.every((piece, index) => piece.equals(other.pieces[index] as Buffer))
    );
  }

  for(base: string): Buffer {
    if (base !== this.lastBase) {
      const baseBytes = Buffer.from(base);
      this.lastBytes = Buffer.concat(
        this.pieces.flatMap((piece, index) => (index === 0 ? [piece] : [baseBytes, piece])),
      );
      this.lastBase = base;
      this.lastGzipped = undefined;
    }
    return this.lastBytes;
  }

  /**
   * The same compressed, once that is done: it is begun, beside the event loop, when the bytes are asked for a second time, because
   * many answers are asked for only once.
   */
  gzippedFor(base: string): Buffer | undefined {
    if (base !== this.lastBase || this.lastBytes.length < gzipBytesMin) return undefined;
    if (this.lastGzipped === undefined) this.compress(this.lastBytes);
    return this.lastGzipped instanceof Buffer ? this.lastGzipped : undefined;
  }

  private compress(bytes: Buffer): void {
    this.lastGzipped = 'under way';
    gzip(bytes, (error, gzipped) => {
      // Uncompressed bytes are as right; a base that changed meanwhile has bytes of its own.
      if (bytes === this.lastBytes) this.lastGzipped = error ? undefined : gzipped;
    });
  }
}
