/** What a pass over a source did so far. Counts are files unless said otherwise. */
export interface IngestCounts {
  /** Files the source offered. */
  listed: number;
  /** New documents. */
  added: number;
  /** Documents that got a new version. */
  changed: number;
  unchanged: number;
  quarantined: number;
  /** Left out on purpose (ignore rules, symlinks, deleted by a person). */
  skipped: number;
  /** Documents whose file disappeared: their validity ended. */
  closed: number;
  /** Bytes read. */
  bytes: number;
  /** Chunks stored. */
  chunks: number;
}

/** Counts of a pass that has not begun. */
function emptyCounts(): IngestCounts {
  return { listed: 0, added: 0, changed: 0, unchanged: 0, quarantined: 0, skipped: 0, closed: 0, bytes: 0, chunks: 0 };
}

/** Something left out or set aside, for the person who asked. */
export interface RunRemark {
  readonly externalId: string;
  readonly code: string;
  readonly reason: string;
}

/** How many remarks are kept; beyond it only the counts grow. */
const MAX_REMARKS = 100;

/** A pass over a source, while it runs and after. */
export interface RunReport {
  readonly counts: IngestCounts;
  /** Files the source holds, once counted; null before. */
  total: number | null;
  readonly remarks: RunRemark[];
  /** Why it ended early. */
  error: { readonly code: string; readonly message: string } | null;
}

/** A report of nothing yet. */
export function emptyReport(): RunReport {
  return { counts: emptyCounts(), total: null, remarks: [], error: null };
}

/** Notes something left out, up to {@link MAX_REMARKS}. */
export function remark(report: RunReport, entry: RunRemark): void {
  if (report.remarks.length < MAX_REMARKS) report.remarks.push(entry);
}
