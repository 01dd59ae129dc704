'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Timeframe } from '#core/market/bars.ts';
import { COMMON_TIMEFRAMES } from '#core/market/timeframe.ts';
import { useTRPC } from '#trpc/client.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Progress } from '#ui/feedback/progress.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { DropZone, FileNotes, Refusal, type Chosen } from './file-parts.tsx';
import { FileQuestions, saidOf, type Said } from './file-questions.tsx';
import { GapNotice } from './gap-notice.tsx';
import { readBarsFile, type FileFacts } from './read-bars-file.ts';
import { uploadBars, type ImportOutcome } from './upload-bars.ts';

interface ImportDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Told which market it became. */
  readonly onImported?: (marketId: string) => void;
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

export function ImportDialog({ open, onOpenChange, onImported }: ImportDialogProps) {
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
    await queryClient.invalidateQueries(trpc.market.pathFilter());
    onImported?.(result.marketId);
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
        {outcome?.ok === false ? <Refusal refusal={outcome} /> : null}
        {outcome?.ok ? <GapNotice gaps={outcome.gaps} /> : null}
      </div>
    </Dialog>
  );
}

/** The usual lengths, and the one that the file has. */
const lengthsWith = (timeframe: Timeframe | null): readonly Timeframe[] =>
  timeframe === null || COMMON_TIMEFRAMES.includes(timeframe) ? COMMON_TIMEFRAMES : [timeframe, ...COMMON_TIMEFRAMES];
