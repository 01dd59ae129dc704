import { EditorView } from '@codemirror/view';

/** Underlined as editors do it; drawn so that it does not move the line. */
const squiggle = (color: string) => ({ backgroundImage: 'none', textDecoration: `underline wavy ${color} 1px`, textUnderlineOffset: '3px', textDecorationSkipInk: 'none' });

const button = { border: 'none', borderRadius: '4px', padding: '2px 8px', font: 'inherit', fontWeight: '500', cursor: 'pointer' };

/** The editor in the tokens of Alphaloom. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', fontSize: '12.5px', backgroundColor: 'transparent', color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '20px' },
  '.cm-content': { padding: '10px 0', caretColor: 'var(--accent-text)' },
  '.cm-line': { padding: '0 12px 0 4px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', border: 'none', color: 'var(--faint)' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 2px 0 6px', minWidth: '24px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '.cm-activeLineGutter': { color: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'color-mix(in oklch, var(--accent) 22%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--accent-text)', borderLeftWidth: '2px' },
  '.cm-placeholder': { color: 'var(--faint)', whiteSpace: 'pre-wrap' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)', outline: '1px solid color-mix(in oklch, var(--accent) 45%, transparent)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--bad-soft)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--warn-soft)' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-soft)', outline: '1px solid var(--warn)' },
  '.cm-searchMatch-selected': { backgroundColor: 'color-mix(in oklch, var(--warn) 40%, transparent)' },

  '.cm-tooltip': { backgroundColor: 'var(--raised)', border: 'none', borderRadius: '8px', boxShadow: 'var(--float)', color: 'var(--ink)', overflow: 'hidden', zIndex: '40' },
  '.cm-tooltip .cm-tooltip-section:not(:first-child)': { borderTop: '1px solid var(--line)' },
  '.cm-tooltip.cm-tooltip-autocomplete': { overflow: 'visible' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', fontSize: '12px', maxHeight: '15em', padding: '4px', minWidth: '300px', maxWidth: 'min(460px, 95vw)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { display: 'flex', alignItems: 'baseline', gap: '8px', padding: '2px 8px', borderRadius: '4px', lineHeight: '18px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent-soft)', color: 'var(--ink)' },
  '.cm-option-mark': { width: '12px', flexShrink: '0', textAlign: 'center', fontWeight: '700' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent-text)', fontWeight: '700' },
  '.cm-completionDetail': { flex: '1', minWidth: '0', marginLeft: '0', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', textAlign: 'right', color: 'var(--faint)', fontStyle: 'normal', fontSize: '11px' },
  '.cm-tooltip.cm-completionInfo': { padding: '0', maxWidth: '440px' },

  '.cm-tooltip-lint': { fontFamily: 'var(--font-sans)', fontSize: '12px' },
  '.cm-diagnostic': { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '6px', padding: '8px 10px', maxWidth: '420px', borderLeftWidth: '3px', marginLeft: '0', whiteSpace: 'pre-wrap' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
  '.cm-diagnosticAction': { ...button, marginLeft: '0', backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-diagnosticAction u': { textDecoration: 'none' },
  '.cm-lintRange-error': squiggle('var(--bad)'),
  '.cm-lintRange-warning': squiggle('var(--warn)'),
  '.cm-lintRange.cm-unused': { textDecorationStyle: 'dotted', opacity: '0.72' },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--bad)' },
  '.cm-lintPoint-warning:after': { borderBottomColor: 'var(--warn)' },
  '.cm-gutter-lint': { width: '14px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0', display: 'grid', placeItems: 'center' },
  '.cm-lint-marker': { width: '8px', height: '8px', borderRadius: '50%' },
  '.cm-lint-marker-error': { content: '""', backgroundColor: 'var(--bad)' },
  '.cm-lint-marker-warning': { content: '""', backgroundColor: 'var(--warn)', borderRadius: '2px', rotate: '45deg' },

  '.cm-foldGutter': { width: '14px' },
  '.cm-fold-marker': { display: 'block', textAlign: 'center', cursor: 'pointer', opacity: '0', transition: 'opacity 120ms' },
  '.cm-fold-closed, .cm-gutters:hover .cm-fold-marker': { opacity: '1' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--accent-soft)', border: 'none', borderRadius: '4px', color: 'var(--accent-text)', margin: '0 2px', padding: '0 6px' },

  '.cm-comments': { width: '22px' },
  '.cm-comments .cm-gutterElement': { display: 'grid', placeItems: 'center', padding: '0' },
  '.cm-comment': { display: 'grid', placeItems: 'center', minWidth: '16px', height: '16px', padding: '0 3px', borderRadius: '8px 8px 8px 2px', fontFamily: 'var(--font-sans)', fontSize: '10px', fontWeight: '600', lineHeight: '16px', cursor: 'pointer' },
  '.cm-comment-mark': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-comment-unread': { boxShadow: '0 0 0 2px var(--warn)' },
  '.cm-comment-add': { backgroundColor: 'var(--accent-soft)', color: 'var(--accent-text)', opacity: '0', transition: 'opacity 120ms' },
  '.cm-gutterElement:hover > .cm-comment-add': { opacity: '1' },

  '.cm-statement-selected': { backgroundColor: 'var(--accent-soft)', boxShadow: 'inset 2px 0 var(--accent)' },
  '.cm-name-use': { backgroundColor: 'var(--hover)', borderRadius: '2px', boxShadow: '0 0 0 1px var(--line-strong)' },
  '.cm-name-definition': { backgroundColor: 'var(--accent-soft)' },
  '.cm-name-link': { color: 'var(--accent-text)', textDecoration: 'underline', cursor: 'pointer' },

  '.cm-colleague': { position: 'relative', borderLeft: '2px solid var(--person)', marginLeft: '-1px', marginRight: '-1px' },
  '.cm-colleague::after': {
    content: 'attr(data-name)', position: 'absolute', top: '-14px', left: '-2px', zIndex: '10', padding: '0 4px', borderRadius: '3px 3px 3px 0', backgroundColor: 'var(--person)', color: 'var(--surface)',
    fontFamily: 'var(--font-sans)', fontSize: '10px', fontWeight: '500', lineHeight: '14px', whiteSpace: 'nowrap', pointerEvents: 'none', userSelect: 'none',
    // It is read in a moment, and would cover the line above for good.
    animation: 'cm-colleague-rest 300ms 3s forwards',
  },
  '@keyframes cm-colleague-rest': { to: { opacity: '0' } },
  '.cm-colleague:hover::after': { animation: 'none' },
  '.cm-line:first-child .cm-colleague::after': { top: '20px', borderRadius: '0 3px 3px 3px' },

  '.cm-panels': { backgroundColor: 'var(--surface)', color: 'var(--ink)', borderColor: 'var(--line)' },
  '.cm-panel.cm-search': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '6px', padding: '6px 28px 6px 8px', fontFamily: 'var(--font-sans)', fontSize: '12px' },
  '.cm-panel.cm-search br': { display: 'none' },
  '.cm-panel.cm-search label': { display: 'inline-flex', alignItems: 'center', gap: '3px', color: 'var(--muted)' },
  '.cm-textfield': { margin: '0', padding: '2px 6px', border: '1px solid var(--line-strong)', borderRadius: '4px', backgroundColor: 'var(--raised)', color: 'var(--ink)', fontSize: '12px' },
  '.cm-button': { ...button, backgroundImage: 'none', backgroundColor: 'var(--raised)', color: 'var(--ink)', boxShadow: 'inset 0 0 0 1px var(--line-strong)' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--muted)', fontSize: '16px' },
});
