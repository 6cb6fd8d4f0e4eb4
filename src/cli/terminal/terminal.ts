import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'underline';

/** Where a command prints. Results go to standard output, everything else to standard error. */
export interface Terminal {
  /** A line of the result. */
  print(line?: string): void;
  /** A line for the person only: progress, hints. */
  note(line: string): void;
  /** Replaces the last status line; does nothing when standard error is no terminal. */
  status(line: string | null): void;
  /** Colours the text when standard output is a terminal. */
  style(style: Style, text: string): string;
  readonly columns: number;
}

/** The process's own terminal. Colour only on a terminal, and not with NO_COLOR. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  let shown = false;
  return {
    print: (line = '') => void stdout.write(`${line}\n`),
    note: (line) => void stderr.write(`${line}\n`),
    status: (line) => {
      if (!stderr.isTTY) return;
      if (shown) stderr.write('\r\u001b[2K');
      shown = line !== null;
      if (line !== null) stderr.write(line.slice(0, (stderr.columns ?? 80) - 1));
    },
    style: (style, text) => styleText(style, text, { stream: stdout, validateStream: true }),
    columns: stdout.columns ?? 80,
  };
}

/**
 * Text from documents as it may be shown on a terminal: control characters, which could move the cursor or change
 * colours, are taken out.
 */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ');
}

/** Breaks text into lines of at most `width` columns, each begun with `indent`. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of printable(text).split(/\s+/)) {
    if (line.length > indent.length && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
    }
    line += line.length === indent.length ? word : ` ${word}`;
  }
  if (line.length > indent.length) lines.push(line);
  return lines;
}

/** Rows as columns, the first row being the heading. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
