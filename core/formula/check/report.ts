import type { Diagnostic, Fix } from '../model/diagnostic.ts';
import type { NodeId } from '../model/formula.ts';

export interface Details {
  readonly port?: string | undefined;
  readonly fix?: Fix | undefined;
}

const diagnostic = (
  severity: Diagnostic['severity'],
  nodeId: NodeId,
  code: string,
  message: string,
  { port, fix }: Details,
): Diagnostic => ({
  code,
  severity,
  message,
  nodeId,
  ...(port === undefined ? {} : { port }),
  ...(fix ? { fix } : {}),
});

/** A problem of a node that keeps the formula from running. */
export const errorOf = (nodeId: NodeId, code: string, message: string, details: Details = {}): Diagnostic =>
  diagnostic('error', nodeId, code, message, details);

/** Something doubtful about a node. */
export const warningOf = (nodeId: NodeId, code: string, message: string, details: Details = {}): Diagnostic =>
  diagnostic('warning', nodeId, code, message, details);
