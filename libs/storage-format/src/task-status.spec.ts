import { describe, expect, it } from '@jest/globals';
import { parseStorage } from './parse.js';
import { serialiseStorage } from './serialise.js';
import { statusOf, tasksOf, withTaskStatus } from './task-status.js';

const task = (id: string, status: string, text: string): string =>
  `<ac:task>\n<ac:task-id>${id}</ac:task-id>${status}<ac:task-body>${text}</ac:task-body>\n</ac:task>`;
const status = (value: string): string => `<ac:task-status>${value}</ac:task-status>`;
const ticked = (body: string, id: string, value: 'complete' | 'incomplete'): string =>
  serialiseStorage(withTaskStatus(parseStorage(body), id, value));

describe('the status of a task', () => {
  it('changes, and nothing else of the body, however that is spelt', () => {
    const around = (one: string): string =>
      `<p class='a'>caf&eacute; &#8211; x</p><ac:task-list >${one}${task('2', status('incomplete'), 'b &amp; c')}</ac:task-list><p/>`;
    const body = around(task('1', status('incomplete'), '<em>a</em>'));
    const done = around(task('1', status('complete'), '<em>a</em>'));
    expect(ticked(body, '1', 'complete')).toBe(done);
    expect(ticked(done, '1', 'incomplete')).toBe(body);
    expect(ticked(done, '1', 'complete')).toBe(done);
    expect(ticked(body, '9', 'complete')).toBe(body);
  });

  it('is found in macros and in tasks of tasks', () => {
    const inner = `<ac:task-list>${task('12', status('incomplete'), 'b')}</ac:task-list>`;
    const body = `<ac:structured-macro ac:name="expand"><ac:rich-text-body><ac:task-list>${task('11', status('incomplete'), `a${inner}`)}</ac:task-list></ac:rich-text-body></ac:structured-macro>`;
    expect(tasksOf(parseStorage(ticked(body, '12', 'complete')), '12').map(statusOf)).toEqual(['complete']);
    expect(tasksOf(parseStorage(ticked(body, '12', 'complete')), '11').map(statusOf)).toEqual(['incomplete']);
  });

  it('may be missing, or an attribute', () => {
    expect(ticked(task('1', '', 'a'), '1', 'complete')).toBe(task('1', status('complete'), 'a'));
    const byAttributes = '<ac:task ac:task-id="7" ac:task-status="incomplete"><ac:task-body>a</ac:task-body></ac:task>';
    expect(ticked(byAttributes, '7', 'complete')).toBe(byAttributes.replace('incomplete', 'complete'));
  });

  it('is nothing in a code block', () => {
    const code = `<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[${task('1', status('incomplete'), 'a')}]]></ac:plain-text-body></ac:structured-macro>`;
    expect(tasksOf(parseStorage(code), '1')).toEqual([]);
  });
});
