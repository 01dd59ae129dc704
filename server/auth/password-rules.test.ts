import { describe, expect, it } from 'vitest';
import { DEMO } from '#server/use-cases/demo/demo.ts';
import { passwordProblem } from './password-rules.ts';

const about = {
  email: 'ada.lovelace@engines.example',
  names: ['Ada Lovelace', 'Analytical Engines'],
  published: [DEMO.password],
};

describe('passwordProblem', () => {
  it.each([
    'qwertyui',
    'letmein!',
    'Alphaloom2026',
    'iloveyou2',
    'trading123',
    'P@ssw0rd!',
    'alph4l00m!!',
    'Weave-Weave-1',
    'AlphaLoom-Trading',
    '4lph4100m',
    'Tr4d1ng!2026',
    DEMO.password,
    DEMO.password.toUpperCase(),
    'w3ave-d3mo-2026',
    'ｐａｓｓｗｏｒｄ',
    'abababababab',
    'asdfghjkl;',
    'zyxwvuts',
    '        ',
    '\u0000'.repeat(9),
    '\u200b'.repeat(12),
    'abc\u0000defghij',
    'Lovelace1815',
    'ada.lovelace',
    'AdaLovelace!',
    'engines2026',
    'AnalyticalEngines1',
    'short',
    'x'.repeat(129),
    'sunflower2024',
    'Dragon123!',
  ])('refuses %j', async (password) => {
    expect(await passwordProblem(password, about)).not.toBeNull();
  });

  it.each([
    'correct horse battery',
    'a quiet loom at dawn',
    'x7Kp!2mQ',
    'grünes Kamel trinkt',
    '9f8e1c-kiwi-lantern',
    'пять старых лодок',
    '83920174a!',
    'my trading lamp is blue',
  ])('takes %j', async (password) => {
    expect(await passwordProblem(password, about)).toBeNull();
  });
});
