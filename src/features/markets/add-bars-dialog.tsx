'use client';
import { useState } from 'react';
import type { ReadOptions } from '#core/market/read-csv.ts';
import type { Outputs } from '#trpc/types.ts';
import { Button } from '#ui/controls/button.tsx';
import { Notice } from '#ui/feedback/notice.tsx';
import { Progress } from '#ui/feedback/progress.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { formatTime } from '#ui/format/format-time.ts';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { addBars, type AddOutcome, type Correction } from './add-bars.ts';
import { DropZone, FileNotes, Refusal, type Chosen } from './file-parts.tsx';
import { FileQuestions, type Said } from './file-questions.tsx';
import { readBarsFile } from './read-bars-file.ts';

type Market = Outputs['market']['list'][number];

interface AddBarsDialogProps {
  /** Null: the dialog is closed. */
  readonly market: Market | null;
  readonly onClose: () => void;
}

/**
 * Adds the bars of a file to a market; bars that differ from those that are there are shown before they replace them.
 */
export function AddBarsDialog({ market, onClose }: AddBarsDialogProps) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [said, setSaid] = useState<Said>({});
  const [sent, setSent] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<AddOutcome | null>(null);
  const facts = chosen && chosen.facts !== 'reading' ? chosen.facts : null;
  const read = (file: File, next: Said) => {
    const reading: Chosen = { file, facts: 'reading' };
    setChosen(reading);
    setSaid(next);
    setOutcome(null);
    const take = (facts: Chosen['facts']) => setChosen((now) => (now === reading ? { file, facts } : now));
    readBarsFile(file, { ...next, ...(market ? seriesOf(market) : {}) }).then(take, () =>
      take({ kind: 'problem', message: 'The file can not be read.' }),
    );
  };
  const close = () => {
    setChosen(null);
    setSaid({});
    setOutcome(null);
    onClose();
  };
  const asked = outcome?.kind === 'asked' ? outcome : null;
  const correction = asked?.correction ?? null;
  const doubts = asked?.doubts ?? [];
  const send = async () => {
    if (!chosen || !market) return;
    setSent(0);
    const result = await addBars({
      file: chosen.file,
      marketId: market.id,
      said,
      seen: correction?.seen ?? null,
      anyway: doubts.length > 0,
      onProgress: setSent,
    });
    setSent(null);
    setOutcome(result);
    if (result.kind !== 'taken') return;
    toast.success(`${market.symbol}: ${wordsOf(result)}`);
    close();
  };
  return (
    <Dialog
      open={market !== null}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={`Add bars to ${market?.symbol ?? ''} ${market?.timeframe ?? ''}`}
      description="Bars behind the last one are added, those that are there already are left out. Bars that say something else are shown first."
      footer={
        <Button look="primary" busy={sent !== null} disabled={facts === null} onClick={() => void send()}>
          {verbOf(correction, doubts)}
        </Button>
      }
    >
      <div className="space-y-4">
        <DropZone chosen={chosen} onFile={(file) => (file ? read(file, {}) : undefined)} />
        <FileQuestions
          facts={facts}
          said={said}
          onSay={(more) => (chosen ? read(chosen.file, { ...said, ...more }) : undefined)}
        />
        {sent === null ? null : (
          <Progress value={sent < 1 ? sent : null} label={sent < 1 ? 'Sending the file' : 'Reading the bars'} />
        )}
        {outcome === null && facts ? <FileNotes facts={facts} /> : null}
        {outcome?.kind === 'refused' ? <Refusal refusal={outcome} /> : null}
        {doubts.length > 0 ? <Doubts doubts={doubts} /> : null}
        {asked && correction ? <Differences correction={correction} appended={asked.appended} /> : null}
      </div>
    </Dialog>
  );
}

/** What the button does now that the person has read what was asked. */
function verbOf(correction: Correction | null, doubts: readonly string[]): string {
  const verb = correction ? `Correct ${count(correction.changed + correction.added)}` : 'Add bars';
  return doubts.length > 0 ? `${verb} anyway` : verb;
}

function Doubts({ doubts }: { readonly doubts: readonly string[] }) {
  return (
    <Notice title="Are these bars of this market? Nothing was changed yet.">
      <ul className="space-y-1 text-xs">
        {doubts.map((doubt) => (
          <li key={doubt}>{doubt}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** What the server reads the file by, too. */
const seriesOf = ({ timeframe, timesAre, lastTime }: Market): ReadOptions => ({
  timeframe,
  series: { timesAre, opens: Float64Array.of(lastTime) },
});

function Differences({ correction, appended }: { readonly correction: Correction; readonly appended: number }) {
  const { changed, added, from, to, largest } = correction;
  const at = (time: number): string => formatTime(time, 'minute');
  return (
    <Notice title="The file corrects bars that are there. Nothing was changed yet.">
      <ul className="text-xs">
        {changed > 0 ? <li>{count(changed)} with other values.</li> : null}
        {added > 0 ? <li>{count(added)} where there was none.</li> : null}
        <li>
          From {at(from)} to {at(to)}.
        </li>
        {largest ? (
          <li>
            The largest difference: {largest.column} {valueOf(largest.known)} becomes {valueOf(largest.given)} on{' '}
            {at(largest.time)}
            {largest.by === null ? '' : ` (${(largest.by * 100).toLocaleString('en', { maximumFractionDigits: 2 })}%)`}.
          </li>
        ) : null}
        {appended > 0 ? <li>{count(appended)} come behind the last one.</li> : null}
        <li>Backtests that were made on them keep their results and say so; bots that have seen them replay.</li>
      </ul>
    </Notice>
  );
}

const count = (bars: number): string => `${bars.toLocaleString('en')} ${bars === 1 ? 'bar' : 'bars'}`;
const valueOf = (value: number | null): string =>
  value === null ? 'missing' : value.toLocaleString('en', { maximumFractionDigits: 8 });

function wordsOf({ appended, changed, added }: Extract<AddOutcome, { kind: 'taken' }>): string {
  const corrected = changed + added;
  if (appended === 0 && corrected === 0) return 'all of these bars were there already';
  return [
    ...(appended > 0 ? [`${count(appended)} added`] : []),
    ...(corrected > 0 ? [`${count(corrected)} corrected`] : []),
  ].join(', ');
}
