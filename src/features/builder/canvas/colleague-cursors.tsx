'use client';
import { MousePointer2 } from 'lucide-react';
import { useMemo } from 'react';
import { nodeHeight, NODE_WIDTH, placeMissing, scopeView, useViewport, ViewportPortal } from '#features/graph/index.ts';
import { useOpenFunction } from '../functions/index.ts';
import { useColleagues, useFormula } from '../session/use-session.ts';
import { ColleagueField } from './colleague-field.tsx';

/** The pointers, selections and open fields of the others, each in their colour and with their name. */
export function ColleagueCursors() {
  const colleagues = useColleagues();
  const whole = useFormula();
  const { scope } = useOpenFunction();
  const formula = useMemo(() => scopeView(whole, scope), [whole, scope]);
  const places = useMemo(() => placeMissing(formula), [formula]);
  const { zoom } = useViewport();
  return (
    <ViewportPortal>
      {colleagues.map(({ client, user, color, cursor, field, selection = [], openFunction = null }) => {
        if (!user) return null;
        const open = field && { node: formula.nodes[field.node], place: places.get(field.node), port: field.port };
        return (
          <div key={client}>
            {selection.map((id) => {
              const place = places.get(id);
              const node = formula.nodes[id];
              if (!place || !node) return null;
              return (
                <div
                  key={id}
                  className="pointer-events-none absolute rounded-xl"
                  style={{
                    transform: `translate(${place.x - 5}px, ${place.y - 5}px)`,
                    width: NODE_WIDTH + 10,
                    height: nodeHeight(node) + 10,
                    border: `2px dashed ${color}`,
                  }}
                />
              );
            })}
            {open?.node && open.place ? (
              <ColleagueField
                name={user.name}
                color={color}
                node={open.node}
                port={open.port}
                place={open.place}
                zoom={zoom}
              />
            ) : null}
            {cursor && openFunction === scope ? (
              <div
                className="pointer-events-none absolute z-50"
                data-testid={`cursor-${user.name}`}
                style={{
                  transform: `translate(${cursor.x}px, ${cursor.y}px) scale(${1 / zoom})`,
                  transformOrigin: '0 0',
                  transition: 'transform 60ms linear',
                  color,
                }}
              >
                <MousePointer2 className="size-4 fill-current" aria-hidden />
                <span
                  className="ml-3 rounded-sm px-1.5 py-0.5 text-2xs font-medium whitespace-nowrap text-surface"
                  style={{ backgroundColor: color }}
                >
                  {user.name}
                </span>
              </div>
            ) : null}
          </div>
        );
      })}
    </ViewportPortal>
  );
}
