import { expect, test } from 'vitest';
import { bundledSources } from './bundled-sources.ts';

test('a build is made of what src imports, however far, and of no document, test or job', async () => {
  const files = [...(await bundledSources()).keys()];
  for (const file of [
    'src/features/rerun/preview-worker.ts',
    'server/api/backtest/router.ts',
    'server/use-cases/backtest/start-backtest.ts',
    'core/engine/preview.ts',
    'core/formula/blocks/indicators/sma.ts',
    'package-lock.json',
  ])
    expect(files).toContain(file);
  expect(files.filter((file) => /\.md$|\.test\.tsx?$|^server\/jobs\/|^drizzle\//.test(file))).toEqual([]);
});

test('each file that is imported is there', async () => {
  const empty = [...(await bundledSources())].filter(([file, text]) => text === '' && /\.tsx?$/.test(file));
  expect(empty).toEqual([]);
});
