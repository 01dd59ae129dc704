'use client';
import type { ComponentProps } from 'react';
import { cx } from '../format/cx.ts';
import { useField } from './field.tsx';

export const CONTROL = cx(
  'h-8 w-full min-w-0 rounded-md border border-line-strong/80 bg-raised px-2.5 text-sm text-ink shadow-raised transition-colors',
  'placeholder:text-faint hover:border-line-strong focus-visible:border-accent focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-accent',
  'disabled:opacity-50 aria-invalid:border-bad aria-invalid:outline-bad',
);

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...useField()} autoComplete="off" {...rest} className={cx(CONTROL, className)} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...useField()} rows={3} {...rest} className={cx(CONTROL, 'h-auto py-1.5', className)} />;
}
