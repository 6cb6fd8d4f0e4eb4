import type { SkipCode } from './source.ts';

/** Why a name is left out by default. */
export interface IgnoreVerdict {
  readonly code: SkipCode;
  /** Completes the sentence “… was left out: ”. */
  readonly why: string;
}

/** Files whose very name says that they hold credentials. Lower case is compared. */
const SECRET_FILE =
  /^(\.env.*|.*\.env|.*\.(pem|key|p12|pfx|jks|keystore|kdbx|ppk)|id_(rsa|dsa|ecdsa|ed25519)(_sk)?(\..*)?|\.?(netrc|npmrc|pypirc|pgpass|htpasswd)|credentials(\.json)?|service[-_]account.*\.json)$/;
const JUNK_FILE = /^(thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|~\$.*|.*~|.*\.(tmp|swp|part|crdownload))$/;
const JUNK_FOLDER =
  /^(node_modules|bower_components|__pycache__|__macosx|\$recycle\.bin|system volume information|lost\+found)$/;
const HOME_FOLDER = '.plumbline';

/** Whether a file of this name is left out by default, and why. Case does not count. */
export function ignoredFile(name: string): IgnoreVerdict | null {
  const lower = name.toLowerCase();
  if (SECRET_FILE.test(lower))
    return { code: 'ignored.secret', why: 'its name says that it may hold keys or passwords' };
  if (JUNK_FILE.test(lower)) return { code: 'ignored.junk', why: 'the system or an editor made it' };
  if (lower.startsWith('.')) return { code: 'ignored.hidden', why: 'it is hidden' };
  return null;
}

/** Whether a folder of this name is left out by default with all it holds, and why. Case does not count. */
export function ignoredFolder(name: string): IgnoreVerdict | null {
  const lower = name.toLowerCase();
  if (lower === HOME_FOLDER) return { code: 'ignored.home', why: 'Plumbline keeps its own data in it' };
  if (JUNK_FOLDER.test(lower)) return { code: 'ignored.junk', why: 'it holds what programs made, not documents' };
  if (lower.startsWith('.')) return { code: 'ignored.hidden', why: 'it is hidden' };
  return null;
}

/** Names of files that together mark a folder as a home of ours, whatever it is called. */
export const HOME_MARKERS: readonly string[] = ['server.json', 'plumb.lock'];
