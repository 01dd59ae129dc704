'use client';
import { useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useState, type DragEvent } from 'react';
import { TIMEFRAMES, type Timeframe } from '#core/market/bars.ts';
import { useTRPC } from '#trpc/client.ts';
import { Button } from '#ui/button.tsx';
import { cx } from '#ui/cx.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Problem } from '#ui/problem.tsx';
import { Progress } from '#ui/progress.tsx';
import { Select } from '#ui/select.tsx';
import { toast } from '#ui/toaster.tsx';
import { GapNotice } from './gap-notice.tsx';
import { readTimeframe } from './read-timeframe.ts';
import { uploadBars, type ImportOutcome } from './upload-bars.ts';

interface ImportDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

const symbolOf = (file: File): string => file.name.replace(/\.[^.]*$/, '').toUpperCase().replaceAll(/[^A-Z0-9.:_^/-]/g, '').slice(0, 32);

export function ImportDialog({ open, onOpenChange }: ImportDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [symbol, setSymbol] = useState('');
  const [name, setName] = useState('');
  const [timeframe, setTimeframe] = useState<Timeframe>('1d');
  const [sent, setSent] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    setOutcome(null);
    if (symbol === '') setSymbol(symbolOf(chosen));
    if (name === '') setName(chosen.name.replace(/\.[^.]*$/, ''));
    void readTimeframe(chosen).then((guessed) => guessed && setTimeframe(guessed));
  };
  const close = () => {
    setOutcome(null);
    onOpenChange(false);
  };
  const start = async () => {
    if (!file) return;
    setSent(0);
    setOutcome(null);
    const result = await uploadBars({ file, symbol: symbol.trim(), name: name.trim(), timeframe, onProgress: setSent });
    setSent(null);
    setOutcome(result);
    if (!result.ok) return;
    void queryClient.invalidateQueries(trpc.market.pathFilter());
    toast.success(`${symbol}: ${result.bars.toLocaleString('en')} bars imported`);
    setFile(null);
    setSymbol('');
    setName('');
    if (result.gaps.count === 0) close();
  };
  const isReady = file !== null && symbol.trim() !== '' && name.trim() !== '';
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title="Import bars"
      description="A CSV with a header: a time column and open, high, low, close, volume. All of it is imported, or nothing."
      footer={outcome?.ok ? <Button look="primary" onClick={close}>Done</Button> : <Button look="primary" busy={sent !== null} disabled={!isReady} onClick={() => void start()}>Import</Button>}
    >
      <div className="space-y-4">
        <DropZone file={file} onFile={choose} />
        <div className="grid grid-cols-2 gap-3">
          <Field label="Symbol"><Input value={symbol} maxLength={32} onChange={(event) => setSymbol(event.target.value)} /></Field>
          <Field label="A bar lasts"><Select value={timeframe} onChange={setTimeframe} options={TIMEFRAMES.map((value) => ({ value, label: value }))} /></Field>
        </div>
        <Field label="Name"><Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} /></Field>
        {sent === null ? null : <Progress value={sent < 1 ? sent : null} label={sent < 1 ? 'Sending the file' : 'Reading the bars'} />}
        {outcome?.ok === false ? <Refusal outcome={outcome} /> : null}
        {outcome?.ok ? <GapNotice gaps={outcome.gaps} /> : null}
      </div>
    </Dialog>
  );
}

function DropZone({ file, onFile }: { readonly file: File | null; readonly onFile: (file: File | undefined) => void }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    <label
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx('flex flex-col items-center gap-1 rounded-lg border border-dashed border-line-strong px-4 py-6 text-center focus-within:outline-2 focus-within:outline-accent', over && 'border-accent bg-accent-soft')}
    >
      <FileUp className="size-5 text-faint" aria-hidden />
      <span className="font-medium">{file ? file.name : 'Drop a CSV here, or choose one'}</span>
      <span className="text-xs text-faint">{file ? `${(file.size / 1024).toLocaleString('en', { maximumFractionDigits: 0 })} kB` : 'Dates as 2024-01-31, or seconds or milliseconds since 1970'}</span>
      <input type="file" accept=".csv,text/csv" className="sr-only" onChange={(event) => onFile(event.target.files?.[0])} />
    </label>
  );
}

function Refusal({ outcome }: { readonly outcome: Extract<ImportOutcome, { ok: false }> }) {
  const { message, problems, problemCount } = outcome;
  return (
    <Problem title={message}>
      {problems.length > 0 ? (
        <ul className="mt-1 max-h-40 overflow-y-auto text-xs">
          {problems.map(({ line, message: words }) => <li key={`${line} ${words}`}><span className="tabular font-medium text-ink">Line {line}</span>: {words}</li>)}
          {problemCount > problems.length ? <li>… and {(problemCount - problems.length).toLocaleString('en')} more.</li> : null}
        </ul>
      ) : null}
    </Problem>
  );
}
