'use client';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Block } from '#core/formula/model/block.ts';
import { describeBlock } from '#core/formula/reference/describe-block.ts';
import { groupBlocks } from '#core/formula/reference/groups.ts';
import { CopyButton } from '#ui/controls/copy-button.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { useWidth } from '#ui/hooks/use-width.ts';
import { groupColor } from '#ui/layout/group-color.ts';
import { Panel } from '#ui/layout/panel.tsx';
import { BlockLink } from './block-link.tsx';
import { FormulaCode } from './formula-code.tsx';
import { BlockChart } from './plot/block-chart.tsx';
import { describePlot } from './plot/describe-plot.ts';
import { usePlots } from './plots.tsx';
import { InputTable, OutputTable } from './port-tables.tsx';

/** All there is to say of one block. */
export function BlockEntry({ block }: { readonly block: Block }) {
  const { name, title, help, signature, inputs, outputs, reads, lookback, source, example } = describeBlock(block);
  const [only] = outputs;
  const group = groupBlocks().find((candidate) => candidate.group === block.group);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.closest('[data-scroller]')?.scrollTo(0, 0);
  }, [name]);
  return (
    <article aria-labelledby="block" className="mx-auto max-w-220 space-y-5 px-4 pt-4 pb-12 md:px-8 lg:pt-6">
      <header>
        <BlockLink
          name={null}
          className="mb-3 inline-flex items-center gap-1.5 rounded-sm text-muted hover:text-ink lg:hidden"
        >
          <ArrowLeft className="size-4" aria-hidden />
          All blocks
        </BlockLink>
        <p className="flex items-center gap-1.5 text-xs text-muted">
          <span className="size-2 rounded-full" style={{ background: groupColor(block.group) }} aria-hidden />
          {group?.title}
        </p>
        <h1
          ref={heading}
          id="block"
          tabIndex={-1}
          className="mt-1 flex flex-wrap items-baseline gap-x-3 text-xl font-semibold outline-none"
        >
          {title}
          <code className="font-mono text-sm font-normal text-muted">{name}</code>
        </h1>
        <p className="mt-1 text-base text-muted text-pretty">{help}</p>
      </header>
      <div className="overflow-x-auto rounded-lg border bg-surface px-4 py-2.5">
        <FormulaCode code={signature} />
      </div>
      <Chart block={block} />
      <Panel title="Example" actions={<CopyButton text={example} label="Copy the example" />}>
        <pre className="overflow-x-auto px-4 py-3">
          <FormulaCode code={example} />
        </pre>
      </Panel>
      {inputs.length > 0 ? (
        <Panel title="Arguments">
          <InputTable inputs={inputs} />
        </Panel>
      ) : null}
      {outputs.length > 1 ? (
        <Panel title="Outputs">
          <OutputTable outputs={outputs} />
        </Panel>
      ) : null}
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 px-4">
        {only && outputs.length === 1 ? (
          <>
            <dt className="text-muted">Gives</dt>
            <dd>
              <code className="font-mono text-xs">{only.type}</code> <span className="text-muted">{only.help}</span>
            </dd>
          </>
        ) : null}
        {lookback === null ? null : (
          <>
            <dt className="text-muted">First value</dt>
            <dd>
              {lookback === 0
                ? 'at the first bar'
                : `behind ${lookback.toLocaleString('en-US')} ${lookback === 1 ? 'bar' : 'bars'}, with these defaults`}
            </dd>
          </>
        )}
        {reads.length === 0 ? null : (
          <>
            <dt className="text-muted">Reads</dt>
            <dd>{reads.join(', ')} of its bars</dd>
          </>
        )}
        <dt className="text-muted">Source</dt>
        <dd className="text-pretty">{source}</dd>
      </dl>
      <Neighbours block={block} blocks={group?.blocks ?? []} />
    </article>
  );
}

/** The block on real prices, at its defaults. */
function Chart({ block }: { readonly block: Block }) {
  const plots = usePlots();
  const [element, width] = useWidth<HTMLDivElement>();
  if (plots.state === 'failed') return <Problem title="The prices for the plot are not here">{plots.why}</Problem>;
  const plot = plots.state === 'ready' ? plots.plots.plotOf(block) : null;
  return (
    <section aria-label="On real prices" className="rounded-lg border bg-surface p-4">
      <div ref={element}>
        {plots.state === 'ready' && plot && width > 0 ? (
          <BlockChart
            plot={plot}
            bars={plots.plots.bars}
            width={width}
            label={describePlot(block, plot, plots.plots)}
          />
        ) : (
          <Skeleton className="h-72" />
        )}
      </div>
      <p className="mt-2 min-h-4 text-xs text-faint">
        {plots.state === 'ready' && plot
          ? `${plots.plots.title}${plot.count === null ? '' : `, ${plots.plots.years}: ${plot.count}`}.`
          : ''}
      </p>
    </section>
  );
}

function Neighbours({ block, blocks }: { readonly block: Block; readonly blocks: readonly Block[] }) {
  const at = blocks.indexOf(block);
  const [before, after] = [blocks[at - 1], blocks[at + 1]];
  return (
    <nav aria-label="Neighbours" className="flex justify-between gap-4 border-t pt-4">
      {before ? (
        <BlockLink
          name={before.name}
          className="inline-flex min-w-0 items-center gap-2 rounded-md text-muted hover:text-ink"
        >
          <ArrowLeft className="size-4 shrink-0" aria-hidden />
          <span className="truncate">{before.title}</span>
        </BlockLink>
      ) : (
        <span />
      )}
      {after ? (
        <BlockLink
          name={after.name}
          className="inline-flex min-w-0 items-center gap-2 rounded-md text-muted hover:text-ink"
        >
          <span className="truncate">{after.title}</span>
          <ArrowRight className="size-4 shrink-0" aria-hidden />
        </BlockLink>
      ) : null}
    </nav>
  );
}
