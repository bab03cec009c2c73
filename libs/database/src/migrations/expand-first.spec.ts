import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { breakingSteps } from './expand-first.js';

const apps = join(dirname(fileURLToPath(import.meta.url)), '../../../../apps');
const files = readdirSync(apps, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /^[^/]+\/src\/.*\.migration\.ts$/.test(file) && !file.includes('node_modules'),
);

const migration = (up: string) => `
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(\`${up}\`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(\`drop table content\`);
  }
}
`;

describe('migrations while the version before works on', () => {
  it.each(files)('%s only adds', (file) => {
    expect(breakingSteps(readFileSync(join(apps, file), 'utf8'))).toEqual([]);
  });

  it('are all looked at', () => {
    expect(files.length).toBeGreaterThanOrEqual(10);
  });

  it.each([
    'drop table content',
    'alter table content drop column title',
    'alter table content drop title',
    'alter table content rename column title to name',
    'alter table content alter column version type bigint',
    'alter table content alter column parent_id set not null',
    'alter table content add column mood text not null',
  ])('may not: %s', (statement) => {
    expect(breakingSteps(migration(statement))).toHaveLength(1);
  });

  it.each([
    'create table mood (id bigint not null)',
    'alter table content add column mood text',
    "alter table content add column mood text not null default 'fine'",
    "alter table content add column mood text default 'fine' not null",
    'create index concurrently content_mood on content (mood)',
    'alter table content drop constraint content_check',
  ])('may: %s', (statement) => {
    expect(breakingSteps(migration(statement))).toEqual([]);
  });

  it('may remove what nobody uses any more, when they say since when', () => {
    const code = `/** contract: no copy reads "mood" since 0.3.0 */\n${migration('alter table content drop column mood')}`;
    expect(breakingSteps(code)).toEqual([]);
  });
});
