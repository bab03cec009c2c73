import { describe, expect, it } from '@jest/globals';
import { seriousViolations } from './axe.js';
import { becomes } from './becomes.js';
import { ownPage } from './own-page.js';
import { visits } from './visits.js';
import { storedBody, Writer } from './writer.js';

const visit = visits();

async function writing(body: string): Promise<{ writer: Writer; id: string }> {
  const id = await ownPage('Tools', body);
  return { writer: await Writer.atEnd(await visit(), id), id };
}

describe('the menus of the toolbar', () => {
  it('do nothing before Enter, and give the focus back to the text', async () => {
    const { writer, id } = await writing('<p>title</p>');
    const { page } = writer;
    const style = page.getByRole('button', { name: /style of the paragraph$/ });
    await page.keyboard.press('Alt+F10');
    await page.keyboard.press('ArrowDown');
    await becomes(() => page.getByRole('menuitemradio', { checked: true }).textContent(), 'Paragraph');
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await becomes(() => style.getAttribute('aria-label'), 'Paragraph: style of the paragraph');
    expect(await style.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('!');
    await becomes(() => style.textContent(), 'Heading 2');
    await page.keyboard.press('Alt+F10');
    for (const key of ['End', 'ArrowDown', 't', 'Enter']) await page.keyboard.press(key);
    await page.keyboard.type('call');
    await writer.save();
    expect(await storedBody(id)).toMatch(/^<h2>title!<\/h2><ac:task-list>.*call/);
  });

  it('set what stands higher and lower', async () => {
    const { writer, id } = await writing('<p>H</p>');
    const { page } = writer;
    await page.getByRole('button', { name: 'Subscript' }).click();
    await page.keyboard.type('2');
    await page.getByRole('button', { name: 'Subscript', pressed: true }).click();
    await page.getByRole('button', { name: 'Superscript' }).click();
    await page.keyboard.type('+');
    await writer.save();
    expect(await storedBody(id)).toBe('<p>H<sub>2</sub><sup>+</sup></p>');
  });
});
