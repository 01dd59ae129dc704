import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OLDEST_NODE, whyNotNode } from './require-node.ts';

it('an older Node is refused in words that say what to do', () => {
  for (const version of ['20.20.2', '22.18.0', '23.8.0'])
    expect(whyNotNode(version)).toMatch(/Node 24 or newer.*npm start/);
  for (const version of ['24.0.0', '24.21.0', '26.1.0']) expect(whyNotNode(version)).toBeNull();
});

it('what brings Node, what names Node and what is written about Node agree', () => {
  const { dependencies, engines } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
    engines: Record<string, string>;
  };
  const toInstall = /^>=(\d+)$/.exec(engines['node'] ?? '')?.[1];
  expect(whyNotNode(dependencies['node'] ?? '')).toBeNull();
  expect(readFileSync('.nvmrc', 'utf8').trim()).toBe(String(OLDEST_NODE));
  for (const file of ['README.md', 'CONTRIBUTING.md'])
    expect(readFileSync(file, 'utf8')).toMatch(
      new RegExp(`Node ${toInstall} or newer[^.]*\\. npm brings Node ${OLDEST_NODE}`),
    );
});
