'use client';
import { Clipboard, Download } from 'lucide-react';
import { reportOn } from '#core/diff/report/report.ts';
import { toHtml } from '#core/diff/report/to-html.ts';
import { toMarkdown } from '#core/diff/report/to-markdown.ts';
import { copyText } from '#ui/browser/copy-text.ts';
import { saveFile } from '#ui/browser/save-file.ts';
import { Button } from '#ui/controls/button.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import type { LoadedSide } from './side.tsx';

interface ReportActionsProps {
  readonly name: string;
  readonly before: LoadedSide;
  readonly after: LoadedSide;
}

/** The difference to take elsewhere: for a pull request, or as one file. */
export function ReportActions({ name, before, after }: ReportActionsProps) {
  const title = `${name}: ${before.title} → ${after.title}`;
  const copy = async (): Promise<void> => {
    if (await copyText(toMarkdown(reportOn(before.formula, after.formula), title))) toast.success('Markdown copied');
    else
      toast.error('The text could not be copied', {
        description: 'The browser did not allow it. Download the HTML file instead.',
      });
  };
  const save = (): void => {
    const file = title.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '-');
    saveFile(`${file}.html`, toHtml(reportOn(before.formula, after.formula), title), 'text/html;charset=utf-8');
  };
  return (
    <>
      <Button size="sm" icon={<Clipboard />} onClick={() => void copy()}>
        Copy as Markdown
      </Button>
      <Button size="sm" icon={<Download />} onClick={save}>
        Download HTML
      </Button>
    </>
  );
}
