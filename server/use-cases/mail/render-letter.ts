import type { LetterContent } from '../letter/letters.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** For programs that show no HTML, and for people who read none. */
export function textOf({ title, paragraphs, action, code, details = [], footer }: LetterContent): string {
  return [
    title,
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...(code ? [`Or type this code: ${code}`] : []),
    ...(details.length > 0 ? [details.map(([name, value]) => `${name}: ${value}`).join('\n')] : []),
    `--\n${footer}`,
  ]
    .join('\n\n')
    .concat('\n');
}

/** One page, light and dark, without anything to load: no picture, no font, no script. */
export function htmlOf({ subject, title, paragraphs, action, code, details = [], footer }: LetterContent): string {
  const saidHow = 'margin:0 0 12px';
  const said = paragraphs.map((text) => `<p style="${saidHow}">${escaped(text)}</p>`).join('\n');
  const url = escaped(action?.url ?? '');
  const button = action
    ? `<p style="margin:20px 0"><a class="button" href="${url}">${escaped(action.label)}</a></p>
<p class="faint" style="margin:0 0 12px;word-break:break-all">Or copy this address into your browser:<br>${url}</p>`
    : '';
  const digits = code ? `<p style="margin:0 0 4px">Or type this code:</p><p class="code">${escaped(code)}</p>` : '';
  const rows = details
    .map(([name, value]) => `<tr><td class="faint">${escaped(name)}</td><td>${escaped(value)}</td></tr>`)
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px 12px; background: #f3f3f1; color: #1d1d1b; font: 15px/1.5 system-ui, sans-serif; }
.sheet { max-width: 520px; margin: 0 auto; padding: 28px; border-radius: 12px; background: #ffffff; }
.brand { margin: 0 0 20px; font-weight: 600; color: #57534e; }
h1 { margin: 0 0 12px; font-size: 21px; line-height: 1.3; }
.button { display: inline-block; padding: 10px 18px; border-radius: 8px; background: #3b3fb6; color: #ffffff;
  font-weight: 600; text-decoration: none; }
.code { margin: 0 0 16px; font: 600 26px/1.4 ui-monospace, monospace; letter-spacing: 0.2em; }
.faint { color: #57534e; font-size: 13px; }
td { padding: 2px 16px 2px 0; vertical-align: top; }
hr { margin: 20px 0; border: 0; border-top: 1px solid #dddcd8; }
@media (prefers-color-scheme: dark) {
  body { background: #161615; color: #ecebe8; }
  .sheet { background: #222220; }
  .brand, .faint { color: #b4b1ab; }
  .button { background: #a5a8f5; color: #161615; }
  hr { border-top-color: #3b3b38; }
}
</style>
</head>
<body>
<div class="sheet">
<p class="brand">Alphaloom</p>
<h1>${escaped(title)}</h1>
${said}
${button}
${digits}
${rows ? `<table role="presentation" style="margin:0 0 12px">${rows}</table>` : ''}
<hr>
<p class="faint" style="margin:0">${escaped(footer)}</p>
</div>
</body>
</html>
`;
}
