import { execFileSync } from 'node:child_process';
import { writeSync } from 'node:fs';
import { cpus } from 'node:os';
import { projectRoot } from '../data.ts';

/** Figures by key; the key ends in its unit (`…Ms`, `…Mb`, `…PerSecond`) unless it is a ratio. */
export type Metrics = Record<string, number>;

/** What one benchmark hands back. */
export interface Report {
  readonly name: string;
  /** Short hash, with `+` when the tree has uncommitted changes; `unknown` outside a repository. */
  readonly commit: string;
  /** Model and number of logical cores. */
  readonly cpu: string;
  readonly metrics: Metrics;
}

/** Names the run: which code on which processor. */
export function buildReport(name: string, metrics: Metrics): Report {
  return { name, commit: commitOf(), cpu: `${cpus()[0]?.model.trim() ?? 'unknown'} × ${cpus().length}`, metrics };
}

/** Writes the one line of standard output: a single JSON object. */
export function printJson(report: Report): void {
  writeAll(`${JSON.stringify({ ...report, metrics: rounded(report.metrics) })}\n`);
}

/** Writes a table for people, one metric a line. */
export function printTable(report: Report): void {
  const entries = Object.entries(report.metrics);
  const width = Math.max(6, ...entries.map(([key]) => key.length));
  const rows = entries.map(([key, value]) => `${key.padEnd(width)}  ${format(value).padStart(12)}`);
  writeAll([`${report.name} · commit ${report.commit} · ${report.cpu}`, '', ...rows, ''].join('\n'));
}

/** A figure with as many digits as mean something. */
function format(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(4).replace(/0{1,2}$/, '');
}

/** Progress and seconds since the start, on standard error: standard output belongs to the report. */
export function progress(line: string): void {
  process.stderr.write(`bench ${(performance.now() / 1000).toFixed(0).padStart(4)} s: ${line}\n`);
}

/** Six digits; what could not be measured here is left out, because JSON has no number for it. */
function rounded(metrics: Metrics): Metrics {
  const known = Object.entries(metrics).filter(([, value]) => Number.isFinite(value));
  return Object.fromEntries(known.map(([key, value]) => [key, Number(value.toPrecision(6))]));
}

function writeAll(text: string): void {
  for (let bytes = Buffer.from(text); bytes.length > 0; ) bytes = bytes.subarray(writeSync(1, bytes));
}

function commitOf(): string {
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno') === '' ? '' : '+');
  } catch {
    return 'unknown';
  }
}

function git(...args: string[]): string {
  const options = { cwd: projectRoot, timeout: 10_000, stdio: ['ignore' as const, 'pipe' as const, 'ignore' as const] };
  return execFileSync('git', args, options).toString('utf8').trim();
}
