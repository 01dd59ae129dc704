import {
  INSTRUMENT_EXTRAS,
  LARGEST_STEP,
  type InstrumentExtra,
  type InstrumentKind,
  type Session,
} from '#core/market/instrument.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { readNumber } from '#ui/format/read-number.ts';

/** What is known of an instrument. */
export interface Instrument {
  readonly name: string;
  readonly kind: InstrumentKind;
  readonly venue: string | null;
  readonly tick: number | null;
  readonly lot: number | null;
  readonly timeZone: string;
  readonly session: Session | null;
}

/** The same as a person types it. */
export interface InstrumentDraft {
  readonly name: string;
  readonly kind: InstrumentKind;
  readonly venue: string;
  readonly tick: string;
  readonly lot: string;
  readonly timeZone: string;
  /** Whether the instrument is traded at some hours alone. */
  readonly hasSession: boolean;
  readonly opens: string;
  readonly closes: string;
  readonly days: readonly number[];
}

/** What the server is told: what is known, and what nobody says any more. */
export interface InstrumentSaid {
  readonly name: string;
  readonly kind: InstrumentKind;
  readonly timeZone: string;
  readonly venue?: string;
  readonly tick?: number;
  readonly lot?: number;
  readonly session?: { readonly opens: string; readonly closes: string; readonly days: number[] };
  readonly forgets: InstrumentExtra[];
}

/** What is wrong, by field, in words. */
export type InstrumentProblems = Partial<Record<'name' | 'tick' | 'lot' | 'timeZone' | 'session', string>>;

const WORKDAYS = [1, 2, 3, 4, 5];

export const draftOf = ({ name, kind, venue, tick, lot, timeZone, session }: Instrument): InstrumentDraft => ({
  name,
  kind,
  venue: venue ?? '',
  tick: tick === null ? '' : String(tick),
  lot: lot === null ? '' : String(lot),
  timeZone,
  hasSession: session !== null,
  opens: session?.opens ?? '09:30',
  closes: session?.closes ?? '16:00',
  days: session?.days ?? WORKDAYS,
});

/** What a draft says, or what is wrong with it. An empty field says nothing. */
export function readDraft(draft: InstrumentDraft): Result<InstrumentSaid, InstrumentProblems> {
  const [tick, lot] = [stepOf(draft.tick), stepOf(draft.lot)];
  const name = draft.name.trim();
  const timeZone = draft.timeZone.trim();
  const session = { opens: draft.opens, closes: draft.closes, days: draft.days.toSorted((a, b) => a - b) };
  const sessionProblem = draft.hasSession ? problemOfSession(session) : null;
  const problems: InstrumentProblems = {
    ...(name === '' ? { name: 'Give the market a name.' } : {}),
    ...(tick.ok ? {} : { tick: tick.error }),
    ...(lot.ok ? {} : { lot: lot.error }),
    ...(isTimeZone(timeZone) ? {} : { timeZone: 'Use a name such as Europe/Zurich.' }),
    ...(sessionProblem === null ? {} : { session: sessionProblem }),
  };
  if (!tick.ok || !lot.ok || Object.keys(problems).length > 0) return err(problems);
  const venue = draft.venue.trim();
  const said = {
    ...(venue === '' ? {} : { venue }),
    ...(tick.value === null ? {} : { tick: tick.value }),
    ...(lot.value === null ? {} : { lot: lot.value }),
    ...(draft.hasSession ? { session } : {}),
  };
  const forgets = INSTRUMENT_EXTRAS.filter((extra) => !(extra in said));
  return ok({ name, kind: draft.kind, timeZone, ...said, forgets });
}

function stepOf(text: string): Result<number | null, string> {
  if (text.trim() === '') return ok(null);
  const read = readNumber(text);
  if (!read.ok) return read;
  const { value, isPercent } = read.value;
  if (isPercent) return err('A step is a number, not a percentage.');
  if (value <= 0) return err('A step is above 0.');
  return value <= LARGEST_STEP ? ok(value) : err(`A step is at most ${LARGEST_STEP.toLocaleString('en')}.`);
}

function problemOfSession({ opens, closes, days }: Session): string | null {
  if (opens === '' || closes === '') return 'Say when the market opens and closes.';
  if (days.length === 0) return 'Choose a day on which the market opens.';
  return null;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name !== '';
  } catch {
    return false;
  }
}
