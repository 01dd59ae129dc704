import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

// One mechanism counts what is in memory of answers, sends it piece by piece and gives it back: no other file makes a
// stream of an answer.
it('answers are streamed by one mechanism alone', () => {
  const files = globSync('{server/api,server/http,server/limits,src/app}/**/*.{ts,tsx}').filter(
    (file) => !/\.test\.ts$|\/testing\//.test(file),
  );
  const streaming = files.filter((file) =>
    /new (?:ReadableStream|TransformStream)\b|Readable\.toWeb\(|createReadStream|pipeTo\(|pipeThrough\(|response\.write\(/.test(
      readFileSync(file, 'utf8'),
    ),
  );
  expect(streaming).toEqual(['server/limits/untaken.ts']);
  // Route handlers answer with what is small, or with what the mechanism sends.
  const answering = files.filter((file) => /new Response\(/.test(readFileSync(file, 'utf8')));
  expect(answering.toSorted()).toEqual([
    'server/api/answer-trpc.ts',
    'server/api/audit/export.ts',
    'server/api/backtest/export.ts',
    'server/api/organisation/export.ts',
  ]);
  for (const file of answering)
    expect(readFileSync(file, 'utf8')).toMatch(/new Response\((?:caller\.)?answer\??\.(?:send|write)\(/);
});
