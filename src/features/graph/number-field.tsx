'use client';
import { useEffect, useEffectEvent, useId, useRef, type KeyboardEvent } from 'react';
import { numberOf } from '#core/formula/language/literal.ts';
import type { Port } from '#core/formula/model/block.ts';
import type { Literal, NodeId } from '#core/formula/model/formula.ts';
import { cx } from '#ui/format/cx.ts';
import { rangeWords, steppedWithin, type Range, type Size } from './field-steps.ts';
import { useFieldText, type FieldTexts } from './field-texts.ts';

interface NumberFieldProps {
  readonly node: NodeId;
  readonly port: Port;
  readonly range: Range;
  readonly accepts: (literal: Literal) => boolean;
  readonly value: Literal | undefined;
  readonly text: string;
  readonly texts: FieldTexts;
  readonly disabled: boolean;
  readonly onChange: (value: Literal | undefined, gesture?: object) => void;
  readonly className: string;
}

export const sizeOf = ({ shiftKey, altKey }: { readonly shiftKey: boolean; readonly altKey: boolean }): Size =>
  shiftKey ? 'large' : altKey ? 'fine' : 'usual';

/**
 * A number or a text: typed, with arithmetic; or a step up and down by the arrow keys, and by the wheel while it has
 * the focus. Shift takes ten steps, Alt a tenth of one. The bar behind says where between its bounds the number is.
 * What is typed and not taken stays in `texts`, whatever becomes of the field.
 */
export function NumberField(props: NumberFieldProps) {
  const { node, port, range, accepts, value, text, texts, disabled, onChange, className } = props;
  const element = useRef<HTMLInputElement>(null);
  const noteId = useId();
  const typed = useFieldText(texts, node, port.name);
  const problem = typed?.problem ?? null;
  /** Steps of one visit of the field are one step of undo. */
  const gesture = useRef<object>({});
  const take = (): boolean => {
    if (typed?.text !== text) return texts.take(node, port.name);
    texts.discard(node, port.name);
    return true;
  };
  const leave = (): void => {
    if (typed?.text === text) texts.discard(node, port.name);
    else texts.left(node, port.name);
  };
  const step = (count: number, size: Size): boolean => {
    const from = texts.literal(node, port.name) ?? value ?? port.default ?? undefined;
    const next = steppedWithin(from, count, { range, size, accepts });
    if (next === null) return false;
    texts.discard(node, port.name);
    onChange(next, gesture.current);
    return true;
  };
  const onWheel = useEffectEvent((event: WheelEvent): void => {
    if (document.activeElement !== element.current || disabled || event.ctrlKey) return;
    if (step(event.deltaY < 0 ? 1 : -1, sizeOf(event))) {
      event.preventDefault();
      event.stopPropagation();
    }
  });
  // React listens for wheels without the right to hold them back.
  useEffect(() => {
    const input = element.current;
    const listener = (event: WheelEvent): void => onWheel(event);
    input?.addEventListener('wheel', listener, { passive: false });
    return () => input?.removeEventListener('wheel', listener);
  }, []);
  // A field that goes away, since the view has moved or another node is shown, is left: no blur tells of that.
  useEffect(() => () => texts.left(node, port.name), [texts, node, port.name]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter' && take()) event.currentTarget.blur();
    if (event.key === 'Escape') {
      // One step: out of the text, or out of the field.
      event.stopPropagation();
      if (typed === null) event.currentTarget.blur();
      else texts.discard(node, port.name);
      // What is typed next takes the place of what is there again.
      if (typed !== null) requestAnimationFrame(() => element.current?.select());
    }
    if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && step(event.key === 'ArrowUp' ? 1 : -1, sizeOf(event)))
      event.preventDefault();
  };
  const fallback = port.default === undefined ? '' : port.default === null ? '–' : String(port.default);
  const share = shareOf(numberOf(value ?? port.default ?? undefined), range);
  const words = rangeWords(range);
  return (
    <span className={cx('group/field relative flex min-w-0', className.includes('w-full') && 'w-full')}>
      <input
        ref={element}
        aria-label={port.name}
        {...(problem === null ? {} : { 'aria-invalid': true, 'aria-describedby': noteId })}
        {...(typed === null ? { 'data-untyped': true } : {})}
        {...(words === '' ? {} : { title: words })}
        disabled={disabled}
        value={typed?.text ?? text}
        placeholder={fallback}
        onChange={(event) => texts.type(node, port.name, event.target.value)}
        onFocus={() => {
          gesture.current = {};
        }}
        onBlur={leave}
        onKeyDown={onKeyDown}
        style={
          share === null
            ? undefined
            : {
                backgroundImage: `linear-gradient(to right, var(--accent-soft) ${share * 100}%, transparent ${share * 100}%)`,
              }
        }
        className={cx(
          className,
          text === '' ? 'italic' : 'font-semibold',
          'placeholder:text-faint aria-invalid:border-bad',
        )}
      />
      {problem === null ? null : (
        <span
          id={noteId}
          role="alert"
          className="pointer-events-none absolute top-full right-0 z-20 mt-0.5 hidden w-max max-w-52 rounded-md border border-bad bg-raised px-2 py-1 text-2xs text-pretty text-bad shadow-float group-focus-within/field:block group-hover/field:block"
        >
          {problem}
        </span>
      )}
    </span>
  );
}

/** Where between its bounds a number is; null where there are not both. */
function shareOf(value: number | undefined, { min, max }: Range): number | null {
  if (value === undefined || Number.isNaN(value) || min === undefined || max === undefined || max <= min) return null;
  return Math.min(1, Math.max(0, (value - min) / (max - min)));
}
