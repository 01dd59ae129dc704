import type { ReadOptions } from '#core/market/read-csv.ts';
import { Field } from '#ui/controls/field.tsx';
import { Select } from '#ui/controls/select.tsx';
import type { FileFacts } from './read-bars-file.ts';

/** What somebody says of a file that the file does not say by itself. */
export type Said = Pick<ReadOptions, 'times' | 'decimals'>;

export const saidOf = ({ times, decimals }: Said): Said => ({
  ...(times === undefined ? {} : { times }),
  ...(decimals === undefined ? {} : { decimals }),
});

/** Asks what the file does not say by itself. */
export function FileQuestions({
  facts,
  said,
  onSay,
}: {
  readonly facts: FileFacts | null;
  readonly said: Said;
  readonly onSay: (said: Said) => void;
}) {
  const asks = facts?.kind === 'problem' ? facts.asks : undefined;
  return (
    <>
      {facts !== null || said.times !== undefined ? (
        <Field label="Its times are those at which bars">
          <Select
            value={said.times}
            onChange={(times) => onSay({ times })}
            options={[
              { value: 'opens', label: 'open' },
              { value: 'closes', label: 'close' },
            ]}
            placeholder={asks === 'times' ? 'Choose…' : 'As the file says'}
          />
        </Field>
      ) : null}
      {asks === 'decimals' || said.decimals !== undefined ? (
        <Field label="Before fractions stands">
          <Select
            value={said.decimals}
            onChange={(decimals) => onSay({ decimals })}
            options={[
              { value: 'point', label: 'a point: 1.5' },
              { value: 'comma', label: 'a comma: 1,5' },
            ]}
            placeholder="Choose…"
          />
        </Field>
      ) : null}
    </>
  );
}
