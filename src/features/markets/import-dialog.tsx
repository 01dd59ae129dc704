'use client';
import { useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useState, type DragEvent } from 'react';
import type { Timeframe } from '#core/market/bars.ts';
import { problemText } from '#core/market/csv-problems.ts';
import { COMMON_TIMEFRAMES } from '#core/market/timeframe.ts';
import { useTRPC } from '#trpc/client.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Notice } from '#ui/feedback/notice.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Progress } from '#ui/feedback/progress.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { cx } from '#ui/format/cx.ts';
import { formatTime } from '#ui/format/format-time.ts';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { FileQuestions, saidOf, type Said } from './file-questions.tsx';
import { GapNotice } from './gap-notice.tsx';
import { readBarsFile, type FileFacts } from './read-bars-file.ts';
import { uploadBars, type ImportOutcome } from './upload-bars.ts';

interface ImportDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

const nameOf = (file: File): string => file.name.replace(/\.[^.]*$/, '').slice(0, 100);

const symbolOf = (file: File): string =>
  nameOf(file)
    .toUpperCase()
    .replaceAll(/[^A-Z0-9.:_^/-]/g, '')
    .slice(0, 32);

/** What somebody has typed or chosen; the rest follows the file. */
interface Typed extends Said {
  readonly symbol?: string;
  readonly name?: string;
  readonly timeframe?: Timeframe;
}

/** `reading` until the whole file was read. */
interface Chosen {
  readonly file: File;
  readonly facts: FileFacts | 'reading';
}

export function ImportDialog({ open, onOpenChange }: ImportDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [typed, setTyped] = useState<Typed>({});
  const [sent, setSent] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  const facts = chosen && chosen.facts !== 'reading' ? chosen.facts : null;
  const symbol = typed.symbol ?? (chosen ? symbolOf(chosen.file) : '');
  const name = typed.name ?? (chosen ? nameOf(chosen.file) : '');
  const timeframe = typed.timeframe ?? (facts?.kind === 'bars' ? facts.timeframe : null);
  const readChosen = (file: File, said: Said) => {
    const reading: Chosen = { file, facts: 'reading' };
    setChosen(reading);
    const take = (read: FileFacts) => setChosen((now) => (now === reading ? { file, facts: read } : now));
    readBarsFile(file, said).then(take, () => take({ kind: 'problem', message: 'The file can not be read.' }));
  };
  const choose = (file: File | undefined) => {
    if (!file) return;
    // What was typed stays; how long its bars last each file says itself.
    setTyped(({ symbol: hasSymbol, name: hasName }) => ({
      ...(hasSymbol ? { symbol: hasSymbol } : {}),
      ...(hasName ? { name: hasName } : {}),
    }));
    setOutcome(null);
    readChosen(file, {});
  };
  /** What somebody says of the file: it is read once more. */
  const say = (more: Said) => {
    const next = { ...saidOf(typed), ...more };
    setTyped({ ...typed, ...more });
    if (chosen) readChosen(chosen.file, next);
  };
  const clear = () => {
    setChosen(null);
    setTyped({});
  };
  const close = () => {
    setOutcome(null);
    clear();
    onOpenChange(false);
  };
  const start = async () => {
    if (!chosen) return;
    setSent(0);
    setOutcome(null);
    const result = await uploadBars({
      file: chosen.file,
      symbol: symbol.trim(),
      name: name.trim(),
      timeframe,
      said: saidOf(typed),
      onProgress: setSent,
    });
    setSent(null);
    setOutcome(result);
    if (!result.ok) return;
    void queryClient.invalidateQueries(trpc.market.pathFilter());
    toast.success(`${symbol}: ${result.bars.toLocaleString('en')} bars imported`);
    clear();
    if (result.gaps.count === 0) close();
  };
  const isReady =
    facts !== null && (facts.kind === 'problem' || timeframe !== null) && symbol.trim() !== '' && name.trim() !== '';
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title="Import bars"
      description="A CSV with a header: a time column and open, high, low, close, volume. All of it is imported, or nothing."
      footer={
        outcome?.ok ? (
          <Button look="primary" onClick={close}>
            Done
          </Button>
        ) : (
          <Button look="primary" busy={sent !== null} disabled={!isReady} onClick={() => void start()}>
            Import
          </Button>
        )
      }
    >
      <div className="space-y-4">
        <DropZone chosen={chosen} onFile={choose} />
        <div className="grid grid-cols-2 gap-3">
          <Field label="Symbol">
            <Input
              value={symbol}
              maxLength={32}
              onChange={(event) => setTyped({ ...typed, symbol: event.target.value })}
            />
          </Field>
          <Field label="A bar lasts">
            <Select
              value={timeframe ?? undefined}
              onChange={(value) => setTyped({ ...typed, timeframe: value })}
              options={lengthsWith(timeframe).map((value) => ({ value, label: value }))}
              placeholder={chosen?.facts === 'reading' ? 'Reading the file…' : 'Choose…'}
            />
          </Field>
        </div>
        <FileQuestions facts={facts} said={typed} onSay={say} />
        <Field label="Name">
          <Input value={name} maxLength={100} onChange={(event) => setTyped({ ...typed, name: event.target.value })} />
        </Field>
        {sent === null ? null : (
          <Progress value={sent < 1 ? sent : null} label={sent < 1 ? 'Sending the file' : 'Reading the bars'} />
        )}
        {outcome === null && facts ? <FileNotes facts={facts} /> : null}
        {outcome?.ok === false ? <Refusal outcome={outcome} /> : null}
        {outcome?.ok ? <GapNotice gaps={outcome.gaps} /> : null}
      </div>
    </Dialog>
  );
}

/** The usual lengths, and the one that the file has. */
const lengthsWith = (timeframe: Timeframe | null): readonly Timeframe[] =>
  timeframe === null || COMMON_TIMEFRAMES.includes(timeframe) ? COMMON_TIMEFRAMES : [timeframe, ...COMMON_TIMEFRAMES];

/** How the file is read, where that may surprise, and what is wrong with it. */
function FileNotes({ facts }: { readonly facts: FileFacts }) {
  const notes = facts.kind === 'problem' ? [facts.message] : facts.notes;
  if (notes.length === 0) return null;
  return (
    <Notice title={facts.kind === 'problem' ? 'The file is not right.' : 'How the file is read'}>
      {notes.map((note) => (
        <p key={note} className="text-xs">
          {note}
        </p>
      ))}
    </Notice>
  );
}

function DropZone({
  chosen,
  onFile,
}: {
  readonly chosen: Chosen | null;
  readonly onFile: (file: File | undefined) => void;
}) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    <label
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        'flex flex-col items-center gap-1 rounded-lg border border-dashed border-line-strong px-4 py-6 text-center focus-within:outline-2 focus-within:outline-accent',
        over && 'border-accent bg-accent-soft',
      )}
    >
      <FileUp className="size-5 text-faint" aria-hidden />
      <span className="font-medium">{chosen ? chosen.file.name : 'Drop a CSV here, or choose one'}</span>
      <span className="text-xs text-faint">
        {chosen ? sizeOf(chosen) : 'Times as dates or numbers; those without a zone are UTC'}
      </span>
      <input
        type="file"
        accept=".csv,text/csv"
        className="sr-only"
        onChange={(event) => onFile(event.target.files?.[0])}
      />
    </label>
  );
}

/** How much the file has, once it is read. */
function sizeOf({ file, facts }: Chosen): string {
  if (facts === 'reading' || facts.kind === 'problem')
    return `${(file.size / 1024).toLocaleString('en', { maximumFractionDigits: 0 })} kB`;
  return `${facts.bars.toLocaleString('en')} ${facts.bars === 1 ? 'bar' : 'bars'}, ${formatTime(facts.firstTime, 'minute')} to ${formatTime(facts.lastTime, 'minute')} UTC`;
}

function Refusal({ outcome }: { readonly outcome: Extract<ImportOutcome, { ok: false }> }) {
  const { message, problems } = outcome;
  return (
    <Problem title={message}>
      {problems.length > 0 ? (
        <ul className="mt-1 max-h-40 overflow-y-auto text-xs">
          {problems.map((problem) => (
            <li key={`${problem.line} ${problem.message}`}>
              <span className="tabular font-medium text-ink">Line {problem.line}</span>: {problemText(problem)}
            </li>
          ))}
        </ul>
      ) : null}
    </Problem>
  );
}
