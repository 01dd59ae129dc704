import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INSTRUMENT_EXTRAS, INSTRUMENT_KINDS } from '#core/market/instrument.ts';
import { draftOf, readDraft, type Instrument } from './instrument-draft.ts';

const BARE: Instrument = {
  name: 'Aaa',
  kind: 'other',
  venue: null,
  tick: null,
  lot: null,
  timeZone: 'UTC',
  session: null,
};

const instruments = fc.record<Instrument>({
  name: fc.constantFrom('Aaa', 'A & B'),
  kind: fc.constantFrom(...INSTRUMENT_KINDS),
  venue: fc.option(fc.constantFrom('XNYS', 'Binance')),
  tick: fc.option(fc.constantFrom(0.01, 0.25, 1, 1e-8)),
  lot: fc.option(fc.constantFrom(1, 0.001, 100)),
  timeZone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Tokyo'),
  session: fc.option(
    fc.record({
      opens: fc.constantFrom('09:30', '18:00'),
      closes: fc.constantFrom('16:00', '17:00'),
      days: fc.constantFrom([1, 2, 3, 4, 5], [7], [1, 7]),
    }),
  ),
});

test('what is known of an instrument is a draft that says just that, and takes back what nobody knows', () => {
  fc.assert(
    fc.property(instruments, (instrument) => {
      const read = readDraft(draftOf(instrument));
      if (!read.ok) throw new Error(JSON.stringify(read.error));
      const { forgets, ...said } = read.value;
      const forgotten = Object.fromEntries(forgets.map((extra) => [extra, null]));
      expect({ ...said, ...forgotten }).toEqual(instrument);
      expect(forgets).toEqual(INSTRUMENT_EXTRAS.filter((extra) => instrument[extra] === null));
    }),
  );
});

test('what can not be is said at its field', () => {
  const draft = draftOf(BARE);
  const problems = (change: Partial<typeof draft>) => {
    const read = readDraft({ ...draft, ...change });
    return read.ok ? {} : read.error;
  };
  expect(problems({ name: ' ' })).toEqual({ name: 'Give the market a name.' });
  expect(problems({ tick: '0', lot: '-1' })).toEqual({ tick: 'A step is above 0.', lot: 'A step is above 0.' });
  expect(problems({ tick: '1%' })).toEqual({ tick: 'A step is a number, not a percentage.' });
  expect(problems({ lot: '2e9' })).toEqual({ lot: 'A step is at most 1,000,000,000.' });
  expect(problems({ tick: 'small' })).toHaveProperty('tick');
  expect(problems({ timeZone: 'Mars/Base' })).toEqual({ timeZone: 'Use a name such as Europe/Zurich.' });
  expect(problems({ timeZone: '' })).toHaveProperty('timeZone');
  expect(problems({ hasSession: true, days: [] })).toEqual({ session: 'Choose a day on which the market opens.' });
  expect(problems({ hasSession: true, opens: '' })).toEqual({ session: 'Say when the market opens and closes.' });
  expect(problems({ hasSession: false, days: [], opens: '' })).toEqual({});
});
