import { printInput, type InputDeclaration } from '#core/engine/plan/inputs.ts';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { NumberField } from '#ui/controls/number-field.tsx';
import { axisOf, type AxisDraft } from './axis-draft.ts';

interface AxisFieldsProps {
  readonly input: InputDeclaration;
  readonly draft: AxisDraft;
  readonly onChange: (change: Partial<AxisDraft>) => void;
}

/** Whether an input is swept, and over which values. */
export function AxisFields({ input, draft, onChange }: AxisFieldsProps) {
  const { name, value, options, percent } = input;
  const axis = axisOf(input, draft);
  const shown = percent ? { unit: '%', worth: 0.01 } : {};
  return (
    <li className="grid items-center gap-3 px-3 py-2 sm:grid-cols-[10rem_1fr_6rem]">
      <Checkbox checked={draft.swept} onChange={(swept) => onChange({ swept })} label={<code>{name}</code>} />
      {!draft.swept ? (
        <span className="text-muted">stays {printInput(input, value)}</span>
      ) : typeof value === 'number' ? (
        <span className="grid grid-cols-3 gap-2">
          <NumberField
            aria-label={`${name} from`}
            value={draft.from}
            onChange={(from) => onChange({ from })}
            {...shown}
          />
          <NumberField aria-label={`${name} to`} value={draft.to} onChange={(to) => onChange({ to })} {...shown} />
          <NumberField
            aria-label={`${name} step`}
            value={draft.step}
            onChange={(step) => onChange({ step })}
            {...shown}
          />
        </span>
      ) : (
        <span className="text-muted">
          {(options ?? [false, true]).map((option) => printInput(input, option)).join(', ')}
        </span>
      )}
      <span className="tabular text-right text-xs text-faint">
        {axis ? `${axis.values.length.toLocaleString('en')} values` : ''}
      </span>
    </li>
  );
}
