'use client';
import { saveFile } from '#ui/browser/save-file.ts';
import { Button } from '#ui/controls/button.tsx';
import { CopyButton } from '#ui/controls/copy-button.tsx';
import { Notice } from '#ui/feedback/notice.tsx';

interface RecoveryCodesProps {
  /** Null where the account has some from before. */
  readonly codes: readonly string[] | null;
  readonly onDone: () => void;
}

/** The codes to keep, shown once. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  if (codes === null)
    return (
      <div className="space-y-4">
        <p className="text-muted">Your recovery codes from before go on working.</p>
        <Done onDone={onDone} />
      </div>
    );
  const text = `${codes.join('\n')}\n`;
  return (
    <div className="space-y-4">
      <Notice title="Keep these codes where you keep your passwords">
        Each lets you in once, when you have lost your second factor. They are not shown again.
      </Notice>
      <ul
        aria-label="Recovery codes"
        className="tabular grid grid-cols-2 gap-x-6 gap-y-1 rounded-md bg-sunken p-3 font-mono"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={text} label="Copy the codes" />
        <Button onClick={() => saveFile('alphaloom-recovery-codes.txt', text, 'text/plain')}>Save as a file</Button>
      </div>
      <Done onDone={onDone} />
    </div>
  );
}

const Done = ({ onDone }: Pick<RecoveryCodesProps, 'onDone'>) => (
  <div className="flex justify-end">
    <Button look="primary" onClick={onDone}>
      Done
    </Button>
  </div>
);
