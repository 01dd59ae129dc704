'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyText } from '../browser/copy-text.ts';
import { toast } from '../feedback/toaster.tsx';
import { IconButton } from './icon-button.tsx';

export interface CopyButtonProps {
  readonly text: string;
  /** What is copied: "Copy the example". */
  readonly label: string;
}

const SHOWN_MS = 1500;

/** Copies a text and says so with a tick. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    const copied = await copyText(text);
    setCopied(copied);
    if (!copied)
      toast.error('The browser did not allow copying', {
        description: 'Select the text and copy it with the keyboard.',
      });
  };
  return (
    <IconButton size="sm" label={isCopied ? 'Copied' : label} onClick={() => void copy()}>
      {isCopied ? <Check className="text-good" /> : <Copy />}
    </IconButton>
  );
}
