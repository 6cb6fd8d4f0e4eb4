/** Media types the parsers take. */
export type SupportedType =
  | 'application/pdf'
  | 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  | 'text/html'
  | 'text/markdown'
  | 'text/plain'
  | 'text/csv'
  | 'text/tab-separated-values'
  | 'application/json'
  | 'application/jsonl'
  | 'application/xml'
  | 'message/rfc822';

/** What the source says about a file; breaks ties between kinds of text and nothing else. */
export interface TypeHints {
  readonly fileName: string;
  readonly declaredType?: string;
}

const byExtension: Readonly<Record<string, SupportedType>> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  mdown: 'text/markdown',
  mdx: 'text/markdown',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  tab: 'text/tab-separated-values',
  json: 'application/json',
  jsonl: 'application/jsonl',
  ndjson: 'application/jsonl',
  xml: 'application/xml',
  html: 'text/html',
  htm: 'text/html',
  xhtml: 'text/html',
  eml: 'message/rfc822',
  txt: 'text/plain',
};
const aliases: Readonly<Record<string, SupportedType>> = {
  'text/x-markdown': 'text/markdown',
  'text/xml': 'application/xml',
  'application/xhtml+xml': 'text/html',
  'application/csv': 'text/csv',
  'application/x-ndjson': 'application/jsonl',
  'application/ndjson': 'application/jsonl',
};
const textTypes = new Set<string>(Object.values(byExtension));
const HEAD = 64 * 1024;

/** Which kind of text it is, by its content; `hints` decide only where content leaves it open. */
export function detectTextType(text: string, hints: TypeHints): SupportedType {
  const head = text.slice(0, HEAD);
  const hinted = hintedType(hints);
  return markupType(head) ?? dataType(text, head) ?? mailType(head) ?? looseType(head, hinted);
}

/** The type the name or the declaration stands for, the name first. */
function hintedType(hints: TypeHints): SupportedType | undefined {
  const extension = /\.([a-z0-9]+)$/i.exec(hints.fileName)?.[1]?.toLowerCase() ?? '';
  const declared = (hints.declaredType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (byExtension[extension] !== undefined) return byExtension[extension];
  if (textTypes.has(declared)) return declared as SupportedType;
  return aliases[declared];
}

function markupType(head: string): SupportedType | undefined {
  const start = head.trimStart().slice(0, 4_000);
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(start)) return 'text/html';
  if (/^<\?xml\b/.test(start)) return 'application/xml';
  if (/^<!doctype\s+[a-z]/i.test(start)) return 'application/xml';
  if (/^<(?:div|p|h[1-6]|table|ul|ol|article|section|main|span|title|meta|a|br|script|style)\b[^>]*>/i.test(start)) {
    return 'text/html';
  }
  return /^<[A-Za-z_][\w:.-]*(?:\s[^<>]*)?\/?>/.test(start) && /<\/[\w:.-]+>|\/>/.test(head)
    ? 'application/xml'
    : undefined;
}

function dataType(text: string, head: string): SupportedType | undefined {
  const first = head.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  const lines = head
    .split('\n', 3)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length > 0 && lines.slice(0, text.length > HEAD ? 1 : 2).every((line) => isJson(line))) {
    return lines.length > 1 ? 'application/jsonl' : 'application/json';
  }
  const last = text.trimEnd().at(-1);
  const closes = first === '{' ? last === '}' : last === ']';
  return closes && /^\s*(?:\{\s*(?:"|\})|\[\s*(?:["{[\]\d-]|true|false|null))/.test(head)
    ? 'application/json'
    : undefined;
}

function isJson(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

/** Header lines from the first one on, and among them at least two that every mail has. */
function mailType(head: string): SupportedType | undefined {
  const end = head.search(/\r?\n\r?\n/);
  const lines = (end < 0 ? head : head.slice(0, end)).split(/\r?\n/);
  if (!lines.every((line) => /^(?:[!-9;-~]+:|[ \t]|From )/.test(line))) return undefined;
  const known = lines.filter((line) =>
    /^(?:from|to|subject|date|message-id|mime-version|received|content-type):/i.test(line),
  );
  return known.length >= 2 && lines.some((line) => /^(?:from|received|message-id):/i.test(line))
    ? 'message/rfc822'
    : undefined;
}

/** Kinds that any text could be: the hint decides if the content allows it. */
function looseType(head: string, hinted: SupportedType | undefined): SupportedType {
  if (hinted === 'text/markdown' || hinted === 'text/plain') return hinted;
  if ((hinted === 'text/csv' || hinted === 'text/tab-separated-values') && head.trim() !== '') return hinted;
  if (isTable(head, '\t')) return 'text/tab-separated-values';
  if (isTable(head, ',') || isTable(head, ';')) return 'text/csv';
  return looksLikeMarkdown(head) ? 'text/markdown' : 'text/plain';
}

/** At least three lines with the same number, two or more, of short cells. */
function isTable(head: string, delimiter: string): boolean {
  const lines = head
    .split(/\r?\n/, 12)
    .filter((line) => line.trim() !== '')
    .slice(0, 10);
  if (lines.length < 3) return false;
  const counts = lines.slice(0, -1).map((line) => line.replace(/"[^"]*"/g, '').split(delimiter).length);
  const [first = 0] = counts;
  return (
    first >= 2 &&
    counts.every((count) => count === first) &&
    (first > 2 || delimiter === '\t' || /^[\w ]+[,;][\w ]+$/.test(lines[0] ?? ''))
  );
}

function looksLikeMarkdown(head: string): boolean {
  if (/^---\n[\s\S]{0,4000}?\n---\n/.test(head)) return true;
  const marks = [
    /^#{1,6} \S/m,
    /^(?:```|~~~)/m,
    /\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)/,
    /^\|?[ :-]*-{3,}[ :|-]*\|/m,
    /\*\*\S[^*\n]{0,200}\*\*/,
  ];
  return marks.filter((mark) => mark.test(head)).length >= 2 || /^#{1,6} \S[^\n]*\n\s*\n/.test(head);
}
