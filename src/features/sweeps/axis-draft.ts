import type { InputDeclaration } from '#core/engine/plan/inputs.ts';
import { rangeOf, type Axis } from '#core/engine/sweep/space.ts';

/** What is chosen for one input: whether it is swept, and from where to where. */
export interface AxisDraft {
  readonly swept: boolean;
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** Inputs that have a range or options are swept unless somebody says otherwise, in about twenty steps. */
export function draftOf({ value, min, max, step, options }: InputDeclaration): AxisDraft {
  if (typeof value !== 'number') return { swept: options !== undefined && options.length > 1, from: 0, to: 0, step: 1 };
  const [from, to] = [min ?? value / 2, max ?? value * 2];
  const whole = Number.isInteger(value) && Number.isInteger(from) && Number.isInteger(to);
  const width = (to - from) / 20;
  return {
    swept: min !== undefined && max !== undefined,
    from,
    to,
    step: step ?? (whole ? Math.max(1, Math.round(width)) : Number(width.toPrecision(1))),
  };
}

/** Null when the input is not swept. */
export function axisOf({ name, value, options }: InputDeclaration, draft: AxisDraft): Axis | null {
  if (!draft.swept) return null;
  if (typeof value === 'number') return { name, values: rangeOf(draft.from, draft.to, draft.step) };
  if (typeof value === 'boolean') return { name, values: [false, true] };
  return { name, values: (options ?? []).flatMap((option) => (option === null ? [] : [option])) };
}
