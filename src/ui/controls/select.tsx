'use client';
import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from '../format/cx.ts';
import { useField } from './field.tsx';
import { CONTROL } from './input.tsx';

export interface Option<T extends string> {
  readonly value: T;
  readonly label: ReactNode;
  /** A second line that says more. */
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
}

export interface SelectProps<T extends string> {
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
  readonly options: readonly Option<T>[];
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly 'aria-label'?: string;
}

export function Select<T extends string>({
  value,
  onChange,
  options,
  placeholder = 'Choose…',
  disabled,
  className,
  ...rest
}: SelectProps<T>) {
  const field = useField();
  const choose = (chosen: string) => {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option) onChange(option.value);
  };
  return (
    <Radix.Root value={value ?? ''} onValueChange={choose} {...(disabled === undefined ? {} : { disabled })}>
      <Radix.Trigger
        {...field}
        {...rest}
        className={cx(
          CONTROL,
          'inline-flex items-center justify-between gap-2 text-left data-placeholder:text-faint',
          className,
        )}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <Radix.Icon>
          <ChevronDown className="size-3.5 text-faint" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-enter overflow-hidden rounded-lg bg-raised shadow-float"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                {...(option.disabled === undefined ? {} : { disabled: option.disabled })}
                className="relative flex min-h-7 cursor-pointer flex-col justify-center rounded-md py-1 pr-8 pl-2 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover"
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                {option.hint ? <span className="text-xs text-faint">{option.hint}</span> : null}
                <Radix.ItemIndicator className="absolute right-2">
                  <Check className="size-3.5 text-accent-text" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
