import { describe, expect, it } from 'vitest';
import { nameProblem } from './name-problem.ts';

describe('nameProblem', () => {
  it.each([
    'Ada\u202Eadmin',
    '\u2066Ada',
    '\u061cAda',
    '\u200b\u200b',
    '\u200d',
    'Ada\u200b',
    'Ada\u200d',
    'A\u200d\u200da',
    'Ada\u{e0041}\u{e007f}',
    '\u3164\u3164',
    '\u2800',
    'A\u00adda',
    `a${'\u0301'.repeat(90)}`,
    'Ada\u2028Ben',
    'Ada\nBen',
    '\u{f0000}',
    '\ud800',
    'Adа Lovelace',
    '\u0301\u0301',
  ])('refuses %j', (name) => {
    expect(nameProblem(name)).not.toBeNull();
  });

  it.each([
    'Ada',
    'José Ñandú',
    'Jose\u0301',
    'Nguyễn Thị',
    'Nguye\u0302\u0303n',
    'Пётр Ильич',
    'می\u200cخواهم',
    'क्\u200dष',
    'שָׁלוֹם',
    'محمد',
    '山田太郎',
    '김철수',
    'ไม้เอก',
    'བསྒྲུབས',
    '👩\u200d💻 desk',
    '❤\ufe0f',
    'RSI > 70',
    'Δ vol',
    'Alpha (β)',
    'Иван Smith',
  ])('takes %j', (name) => {
    expect(nameProblem(name)).toBeNull();
  });
});
