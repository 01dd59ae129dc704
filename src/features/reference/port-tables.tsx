import type { ReactNode } from 'react';
import { argumentHelp, type ArgumentReference, type OutputReference } from '#core/formula/reference/describe-block.ts';
import { cx } from '#ui/format/cx.ts';

/** On narrow screens a line with its label, left out when there is nothing on it. */
const Cell = ({
  label,
  isEmpty = false,
  children,
}: {
  readonly label: string;
  readonly isEmpty?: boolean;
  readonly children: ReactNode;
}) => (
  <td
    className={cx(
      'border-b border-line/70 px-4 py-2 align-top max-sm:gap-3 max-sm:border-0 max-sm:py-0.5',
      isEmpty ? 'max-sm:hidden' : 'max-sm:flex',
    )}
  >
    <span className="w-16 shrink-0 text-2xs leading-5 text-faint sm:hidden" aria-hidden>
      {label}
    </span>
    {children}
  </td>
);

const Head = ({ children }: { readonly children: ReactNode }) => (
  <th scope="col" className="border-b px-4 py-1.5 text-left text-2xs font-medium text-faint">
    {children}
  </th>
);

const Code = ({ children }: { readonly children: ReactNode }) => <code className="font-mono text-xs">{children}</code>;

const ROW =
  'max-sm:block max-sm:border-b max-sm:border-line/70 max-sm:py-2 last:max-sm:border-0 sm:last:[&>td]:border-0';

export function InputTable({ inputs }: { readonly inputs: readonly ArgumentReference[] }) {
  return (
    <table className="w-full border-separate border-spacing-0 max-sm:block">
      <thead className="max-sm:hidden">
        <tr>
          <Head>Name</Head>
          <Head>Type</Head>
          <Head>Default</Head>
          <Head>Allowed</Head>
          <Head>Meaning</Head>
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {inputs.map((port) => (
          <tr key={port.name} className={ROW}>
            <Cell label="Name">
              <span className="font-medium">
                <Code>{port.name}</Code>
              </span>
            </Cell>
            <Cell label="Type">
              <Code>{port.type}</Code>
            </Cell>
            <Cell label="Default">
              {port.required ? (
                <span className="text-muted">required</span>
              ) : port.default === '' ? (
                <span className="text-faint">none</span>
              ) : (
                <Code>{port.default}</Code>
              )}
            </Cell>
            <Cell label="Allowed" isEmpty={port.allowed === '' && port.unit === ''}>
              <span className="tabular text-muted">{`${port.allowed} ${port.unit}`.trim()}</span>
            </Cell>
            <Cell label="Meaning">
              <span className="text-pretty">{argumentHelp(port).replaceAll('`', '')}</span>
            </Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function OutputTable({ outputs }: { readonly outputs: readonly OutputReference[] }) {
  return (
    <table className="w-full border-separate border-spacing-0 max-sm:block">
      <thead className="max-sm:hidden">
        <tr>
          <Head>Name</Head>
          <Head>Type</Head>
          <Head>Meaning</Head>
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {outputs.map((output) => (
          <tr key={output.name} className={ROW}>
            <Cell label="Name">
              <span className="font-medium">
                <Code>{output.name}</Code>
              </span>
            </Cell>
            <Cell label="Type">
              <Code>{output.type}</Code>
            </Cell>
            <Cell label="Meaning">
              <span className="text-pretty">{output.help}</span>
            </Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
