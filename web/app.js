/**
 * The page at `/`: ask, read the sources, add and delete documents. No framework, no build, nothing from another host.
 * Start here: routes, keys, theme, events; each view has its own file.
 */
import { clearAnswer, reopen, showCollections, startAsking } from './ask-view.js';
import { call, listen, watchReach } from './api.js';
import { finishDeletions, refreshDocuments, showDocuments, summarise } from './documents-view.js';
import { byId, fieldById } from './dom.js';
import { showQuarantine } from './quarantine-view.js';
import { closeSource } from './source-panel.js';
import { startUploads } from './upload-tray.js';

const RECONNECT_MS = 2_000;
const THEME_KEY = 'plumbline.theme';

/** Shows what the address names. */
function route() {
  const path = location.hash.replace(/^#/, '') || '/';
  const { answer, citation } = answerIn(path);
  const view = path === '/documents' || path === '/quarantine' ? path.slice(1) : 'ask';
  for (const name of ['ask', 'documents', 'quarantine']) byId(`view-${name}`).hidden = name !== view;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.getAttribute('data-view') === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.title = 'Plumbline';
  closeSource();
  if (view === 'documents') void showDocuments();
  else if (view === 'quarantine') void showQuarantine();
  else if (answer !== undefined) void reopen(answer, citation);
  else if (path === '/') clearAnswer();
  const hasKeyboard = matchMedia('(pointer: fine)').matches;
  if (view === 'ask' && answer === undefined && hasKeyboard) byId('question').focus({ preventScroll: true });
}

/**
 * The answer an address names, and the position of the citation whose source it opens.
 * @param {string} path
 */
function answerIn(path) {
  const [, answer, number] = /^\/answers\/([0-9a-fA-F-]{36})(?:\/citations\/(\d{1,3}))?$/.exec(path) ?? [];
  return { answer, citation: number === undefined ? null : Number(number) - 1 };
}

async function refreshCollections() {
  try {
    /** @type {{items: import('./api.js').Collection[]}} */
    const { items } = await call('/v1/collections');
    showCollections(items);
    summarise(items);
  } catch {
    // The banner already says that the server does not answer; anything else shows where it matters, when asking.
  }
}

/** Refreshes what is on the page, at most twice a second however many events come. */
let refreshTimer = 0;
function refreshSoon() {
  if (refreshTimer !== 0) return;
  refreshTimer = window.setTimeout(() => {
    refreshTimer = 0;
    void refreshCollections();
    void showQuarantine();
    if (!byId('view-documents').hidden) void refreshDocuments();
  }, 500);
}

/** @param {string} type @param {Record<string, unknown>} data */
function onEvent(type, data) {
  const status = byId('ingest-status');
  if (type === 'ingest.progressed') {
    const number = (/** @type {string} */ name) => Number(data[name] ?? 0);
    const done = number('added') + number('changed') + number('unchanged') + number('quarantined');
    const total = number('total');
    status.textContent = total > 0 ? `Reading ${done} of ${total}` : 'Reading documents';
    status.hidden = false;
    return;
  }
  if (type === 'ingest.completed') status.hidden = true;
  refreshSoon();
}

/** The banner while the server is away, and the way back. */
function watchServer() {
  let retry = 0;
  watchReach((offline) => {
    const wasOffline = !byId('offline').hidden;
    byId('offline').hidden = !offline;
    if (offline) byId('ingest-status').hidden = true;
    if (offline && retry === 0) {
      retry = window.setTimeout(() => {
        retry = 0;
        void refreshCollections();
      }, RECONNECT_MS);
    }
    if (!offline && wasOffline) refreshSoon();
  });
}

function startTheme() {
  const root = document.documentElement;
  const stored = localStorage.getItem(THEME_KEY);
  if (stored === 'light' || stored === 'dark') root.dataset['theme'] = stored;
  byId('theme').addEventListener('click', () => {
    const isDark = root.dataset['theme']
      ? root.dataset['theme'] === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset['theme'] = isDark ? 'light' : 'dark';
    localStorage.setItem(THEME_KEY, root.dataset['theme']);
  });
}

function startKeys() {
  addEventListener('keydown', (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    if (event.key === 'Escape') closeSource();
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (byId('view-ask').hidden) location.hash = '#/';
    const box = fieldById('question', HTMLTextAreaElement);
    box.focus();
    box.select();
  });
}

startTheme();
startKeys();
watchServer();
startAsking();
startUploads();
addEventListener('hashchange', route);
addEventListener('popstate', route);
addEventListener('pagehide', finishDeletions);
document.querySelector('.skip-link')?.addEventListener('click', (event) => {
  event.preventDefault();
  byId('question').focus();
});
route();
void refreshCollections();
void showQuarantine();
listen(onEvent);
