'use client';
import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { whyNotLiteral } from '#core/formula/check/why-not-literal.ts';
import { printLiteral } from '#core/formula/language/literal.ts';
import type { Port } from '#core/formula/model/block.ts';
import { isRef, type Arg, type FormulaNode, type Literal, type NodeId } from '#core/formula/model/formula.ts';
import { cx } from '#ui/format/cx.ts';
import { rangeOf, rangeWords } from './field-steps.ts';
import type { FieldTexts } from './field-texts.ts';
import { NumberField } from './number-field.tsx';
import { ScrubLabel } from './scrub-label.tsx';

export interface PortFieldProps {
  readonly port: Port;
  readonly value: Arg | undefined;
  readonly id: NodeId;
  /** Whose port it is: what the port takes depends on what else stands in the node. */
  readonly node: FormulaNode;
  readonly texts: FieldTexts;
  readonly disabled: boolean;
  /**
   * undefined takes the argument away, so that the default holds. What comes with the same `gesture` is one step of
   * undo.
   */
  readonly onChange: (value: Literal | undefined, gesture?: object) => void;
  readonly className?: string;
  /** The name of the port before the field: a drag on the name changes the number. */
  readonly label?: 'beside';
}

const FIELD =
  'nodrag h-5 min-w-0 rounded-sm border border-transparent bg-sunken px-1.5 text-right text-2xs tabular text-ink outline-none hover:border-line-strong focus:border-accent disabled:opacity-60';

/** The literal of a port, edited in place: committed by Enter or by leaving, put back by Escape. */
export function PortField(props: PortFieldProps) {
  const { port, value, node, disabled, onChange, className, label } = props;
  const literal = isRef(value) ? undefined : value;
  const range = rangeOf(port, node);
  const isOwn = literal !== undefined && port.default !== undefined && port.default !== null;
  const field = <Field {...props} literal={literal} />;
  if (label === undefined) return field;
  const words = [port.help, rangeWords(range)].filter((part) => part !== '').join(' – ');
  return (
    <>
      <ScrubLabel
        text={port.name}
        title={words}
        value={literal ?? port.default ?? undefined}
        isDefault={literal === undefined}
        range={range}
        accepts={(next) => whyNotLiteral(node, port.name, next) === null}
        disabled={disabled}
        isQuiet={literal === undefined && port.default !== undefined}
        onChange={onChange}
      />
      <div className={cx('relative flex', className)}>
        {isOwn && !disabled ? (
          <button
            type="button"
            aria-label={`Back to ${String(port.default)}`}
            title={`Back to ${String(port.default)}, the default`}
            onClick={() => onChange(undefined)}
            className="nodrag nopan absolute top-0 right-full grid size-5 place-items-center rounded-sm bg-raised text-faint opacity-0 group-hover/node:opacity-100 hover:text-ink focus-visible:opacity-100 [&_svg]:size-3"
          >
            <RotateCcw aria-hidden />
          </button>
        ) : null}
        {field}
      </div>
    </>
  );
}

function Field({
  port,
  id,
  node,
  texts,
  literal,
  disabled,
  onChange,
  className,
  label,
}: PortFieldProps & { readonly literal: Literal | undefined }): ReactNode {
  const shown = literal ?? port.default ?? null;
  const size = label === undefined ? className : 'w-full';
  if (port.options && port.format === undefined) {
    return (
      <select
        aria-label={port.name}
        disabled={disabled}
        value={String(shown ?? '')}
        onChange={(event) => onChange(event.target.value)}
        className={cx(FIELD, literal === undefined ? 'text-faint' : 'font-semibold', size)}
      >
        {port.default === null ? <option value="">own</option> : null}
        {port.options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    );
  }
  if (port.type === 'bool' || (port.type === 'series<bool>' && typeof literal === 'boolean')) {
    return (
      <input
        type="checkbox"
        aria-label={port.name}
        disabled={disabled}
        checked={shown === true}
        onChange={(event) => onChange(event.target.checked)}
        className="nodrag ml-auto accent-accent"
      />
    );
  }
  return (
    <NumberField
      node={id}
      port={port}
      range={rangeOf(port, node)}
      accepts={(next) => whyNotLiteral(node, port.name, next) === null}
      texts={texts}
      value={literal}
      text={literal === undefined ? '' : printLiteral(literal, true).replace(/^"(.*)"$/s, '$1')}
      disabled={disabled}
      onChange={onChange}
      className={cx(FIELD, size)}
    />
  );
}
