import { describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { ownPage } from './own-page.js';
import { visits } from './visits.js';
import { storedBody, Writer } from './writer.js';

const visit = visits();

const row = (...cells: readonly string[]): string => `<tr>${cells.join('')}</tr>`;
const rowOf = (name: 'td' | 'th', ...texts: readonly string[]): string =>
  row(...texts.map((text) => `<${name}>${text}</${name}>`));
const tableOf = (...rows: readonly string[]): string => `<table><tbody>${rows.join('')}</tbody></table>`;
const plain = tableOf(rowOf('td', 'b', '10'), rowOf('td', 'a', '9'));

/** What a table is in the editor: how wide its columns are, and what its cells are. */
const shapeOf = (table: Locator): Promise<unknown> =>
  table.evaluate((element) => [
    Array.from(element.querySelectorAll('col'), ({ style }) => style.width),
    Array.from((element as HTMLTableElement).rows, ({ cells }) =>
      Array.from(cells, (cell) => [
        cell.localName,
        cell.colSpan,
        cell.rowSpan,
        cell.getAttribute('data-highlight-colour'),
        cell.textContent,
      ]),
    ),
  ]);

/** A writer at the tables of a page. */
class TableWriter {
  private constructor(
    readonly writer: Writer,
    readonly id: string,
  ) {}

  static async at(...tables: readonly string[]): Promise<TableWriter> {
    const id = await ownPage('Tables', tables.join('<p>between</p>'));
    return new TableWriter(await new Writer(await (await visit()).as('administrator')).edit(id), id);
  }

  cell(table: number, text: string): Locator {
    return this.table(table).locator('td, th').filter({ hasText: text });
  }

  private table(number: number): Locator {
    return this.writer.text.locator('table').nth(number);
  }

  /** Puts the cursor into a cell, and where a second one is named, selects all up to that. */
  async select(table: number, from: string, to?: string): Promise<void> {
    await this.cell(table, from).click();
    if (to !== undefined) {
      // Not by dragging: what the browser makes of presses and moves that follow one another within milliseconds differs from run to run.
      await this.cell(table, to).click({ modifiers: ['Shift'] });
      await this.table(table).locator('.selectedCell').first().waitFor();
    }
    await this.writer.knowsItsPlace();
  }

  /** Does what the menu of the table offers by that name. */
  async choose(name: string, role: 'menuitem' | 'menuitemradio' = 'menuitem'): Promise<void> {
    const { page } = this.writer;
    const menu = page.getByRole('menu', { name: 'Change the table' });
    await page.keyboard.press('Alt+Enter');
    await menu.getByRole(role, { name, exact: true }).press('Enter');
    // Some stay open, to be chosen again.
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
  }

  /** Changes a table, takes that back in one step, and does it again. */
  async change(table: number, change: () => Promise<void>): Promise<void> {
    const { keyboard } = this.writer.page;
    const before = await shapeOf(this.table(table));
    await change();
    const after = await shapeOf(this.table(table));
    expect(after).not.toEqual(before);
    await keyboard.press('Control+z');
    expect(await shapeOf(this.table(table))).toEqual(before);
    await keyboard.press('Control+y');
    expect(await shapeOf(this.table(table))).toEqual(after);
  }

  async published(): Promise<string[]> {
    await this.writer.save();
    return (await storedBody(this.id)).split('<p>between</p>');
  }
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('It is drawn nowhere');
  return box;
}

describe('a table', () => {
  it('has its cells merged, split, coloured and put in order, and takes back each of it', async () => {
    const writer = await TableWriter.at(plain, plain, plain, plain);
    await writer.select(0, 'b', '9');
    await writer.change(0, () => writer.choose('Merge cells'));
    await writer.select(1, 'b', '10');
    await writer.change(1, () => writer.choose('Merge cells'));
    await writer.change(1, () => writer.choose('Split cell'));
    await writer.select(2, 'b', 'a');
    await writer.change(2, () => writer.choose('Red', 'menuitemradio'));
    await writer.select(2, 'a');
    await writer.change(2, () => writer.choose('No colour', 'menuitemradio'));
    await writer.select(3, '10');
    await writer.change(3, () => writer.choose('Sort A to Z'));
    await writer.select(3, 'a');
    await writer.change(3, () => writer.choose('Sort Z to A'));
    expect(await writer.published()).toEqual([
      tableOf(row('<td colspan="2">b<p>10</p><p>a</p><p>9</p></td>')),
      tableOf(row('<td>b<p>10</p></td>', '<td><p /></td>'), rowOf('td', 'a', '9')),
      tableOf(
        row('<td class="highlight-red" data-highlight-colour="red">b</td>', '<td>10</td>'),
        rowOf('td', 'a', '9'),
      ),
      plain,
    ]);
  });

  it('has a row and a column of headings', async () => {
    const writer = await TableWriter.at(plain, plain);
    await writer.select(0, '10');
    await writer.change(0, () => writer.choose('Header row'));
    await writer.select(1, 'a');
    await writer.change(1, () => writer.choose('Header column'));
    const heading = (text: string) => `<th>${text}</th>`;
    expect(await writer.published()).toEqual([
      tableOf(rowOf('th', 'b', '10'), rowOf('td', 'a', '9')),
      tableOf(row(heading('b'), '<td>10</td>'), row(heading('a'), '<td>9</td>')),
    ]);
  });

  it('has columns as wide as they are dragged, or made by the menu', async () => {
    const writer = await TableWriter.at(plain, plain, plain);
    const { page } = writer.writer;
    const first = await boxOf(writer.cell(0, 'b'));
    const by = 70;
    await writer.select(0, 'b');
    await writer.change(0, async () => {
      const [right, middle] = [first.x + first.width, first.y + first.height / 2];
      await page.mouse.move(right - 2, middle);
      await writer.writer.text.locator('.column-resize-handle').first().waitFor();
      await page.mouse.down();
      await page.mouse.move(right - 2 + by, middle, { steps: 3 });
      await page.mouse.up();
    });
    const { width } = await boxOf(writer.cell(1, '10'));
    await writer.select(1, '10');
    await writer.change(1, () => writer.choose('Wider column'));
    await writer.select(2, '10');
    await writer.change(2, () => writer.choose('Wider column'));
    await writer.change(2, () => writer.choose('Narrower column'));
    await writer.change(2, () => writer.choose('Fit columns to the text'));
    const widths = (await writer.published()).map((table) => /<colgroup>.*<\/colgroup>/.exec(table)?.[0]);
    const columnOf = (pixels: number) => `<col style="width: ${Math.round(pixels)}px;" />`;
    expect(widths).toEqual([
      `<colgroup>${columnOf(first.width + by)}<col /></colgroup>`,
      `<colgroup><col />${columnOf(width + 40)}</colgroup>`,
      undefined,
    ]);
  });
});
