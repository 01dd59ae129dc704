import type { Settings } from '#core/engine/outcome/settings.ts';
import { Badge } from '#ui/feedback/badge.tsx';
import { describeCosts, describeInputs, describeSettings, type InputValues } from './describe-run.ts';

interface RunFactsProps {
  /** What the figures beside it are of: "Last backtest made with". */
  readonly label: string;
  /** Undefined while the version is not known. */
  readonly inputs: InputValues | undefined;
  readonly settings: Settings;
  /** The days, in words. */
  readonly range: string;
}

/** With which inputs, costs and bars figures were made: two results on one screen are told apart by these. */
export function RunFacts({ label, inputs, settings, range }: RunFactsProps) {
  const named = inputs ? describeInputs(inputs) : '';
  const facts = [...(named === '' ? [] : [named]), describeCosts(settings), ...describeSettings(settings), range];
  return (
    <ul aria-label={label} className="flex min-w-0 flex-wrap items-center gap-1">
      {facts.map((fact) => (
        <li key={fact} className="flex min-w-0">
          <Badge className="max-w-56 min-w-0 shrink">
            <span className="tabular truncate" title={fact}>
              {fact}
            </span>
          </Badge>
        </li>
      ))}
    </ul>
  );
}
