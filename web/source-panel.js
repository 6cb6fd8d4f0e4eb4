/** The panel that shows a document's text with the cited passage highlighted, exactly by its offsets. */
import { call } from './api.js';
import { byId, h, notice, skeleton } from './dom.js';

/** @typedef {import('./api.js').Citation} Citation */

/** Longer texts are shown around the passage first, so that the page stays quick. */
const SHOWN_CHARACTERS = 120_000;

/** @type {Map<string, import('./api.js').DocumentText>} the last few texts, newest last */
const texts = new Map();
/** @type {AbortController | null} */
let loading = null;
/** @type {HTMLElement | null} where the focus goes when the panel closes */
let opener = null;

const panel = () => byId('source');

/**
 * Opens one of several citations; the panel lets the reader step through them.
 * @param {readonly Citation[]} citations
 * @param {number} index
 * @param {HTMLElement | null} [from] the control that was used
 */
export async function openCitation(citations, index, from = null) {
  const citation = citations[index];
  if (citation === undefined) return;
  opener = from ?? opener;
  const body = show(citation, header(citation, { citations, index }));
  await fill(body, citation, citations);
}

/**
 * Opens a document from its start.
 * @param {{id: string, title: string}} item
 * @param {HTMLElement} from
 */
export async function openDocument({ id, title }, from) {
  opener = from;
  const citation = {
    documentId: id,
    version: 0,
    versionId: '',
    title,
    page: null,
    headingPath: [],
    start: 0,
    end: 0,
    quote: '',
  };
  await fill(show(citation, header(citation, null)), citation, []);
}

/** Closes the panel. @returns {boolean} whether it was open */
export function closeSource() {
  if (panel().hidden) return false;
  loading?.abort();
  panel().hidden = true;
  document.body.classList.remove('with-source');
  markActive(null);
  if (opener?.isConnected) opener.focus();
  return true;
}

/** @param {Citation} citation @param {HTMLElement} head */
function show(citation, head) {
  const body = h(
    'div',
    { class: 'source-body', tabindex: 0, role: 'document', 'aria-label': citation.title },
    skeleton(12),
  );
  panel().replaceChildren(head, body);
  panel().hidden = false;
  document.body.classList.add('with-source');
  panel().focus({ preventScroll: true });
  return body;
}

/** @param {Citation} citation @param {{citations: readonly Citation[], index: number} | null} place */
function header(citation, place) {
  const step = (/** @type {number} */ by) => () => place !== null && openCitation(place.citations, place.index + by);
  const arrows =
    place === null || place.citations.length < 2
      ? null
      : h(
          'div',
          { class: 'steps' },
          h(
            'button',
            {
              type: 'button',
              class: 'icon-button',
              'aria-label': 'Previous citation',
              disabled: place.index === 0,
              onclick: step(-1),
            },
            '‹',
          ),
          h('span', {}, `${place.index + 1} of ${place.citations.length}`),
          h(
            'button',
            {
              type: 'button',
              class: 'icon-button',
              'aria-label': 'Next citation',
              disabled: place.index === place.citations.length - 1,
              onclick: step(1),
            },
            '›',
          ),
        );
  if (place !== null) markActive(place.index);
  return h(
    'header',
    { class: 'source-head' },
    h('div', { class: 'source-title' }, h('h2', {}, citation.title), h('p', { class: 'where' }, whereOf(citation))),
    arrows,
    h(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': 'Close the source (Esc)', onclick: closeSource },
      '✕',
    ),
  );
}

/** Version, page and headings of a citation, in words. @param {Citation} citation */
export function whereOf({ title, version, page, headingPath }) {
  const headings = headingPath[0] === title ? headingPath.slice(1) : headingPath;
  const parts = [page === null ? '' : `page ${page}`, headings.join(' › '), version > 0 ? `version ${version}` : ''];
  return parts.filter(Boolean).join(' · ');
}

/** @param {number | null} index */
function markActive(index) {
  for (const element of document.querySelectorAll('[data-citation]')) {
    element.classList.toggle('active', index !== null && element.getAttribute('data-citation') === String(index));
  }
}

/** @param {HTMLElement} body @param {Citation} citation @param {readonly Citation[]} all */
async function fill(body, citation, all) {
  try {
    const { text } = await textOf(citation);
    if (body.isConnected) render(body, text, { citation, all, whole: text.length <= SHOWN_CHARACTERS });
  } catch (error) {
    if (!(error instanceof Error) || ('code' in error && error.code === 'stopped')) return;
    const again = h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        onclick: () => (body.replaceChildren(skeleton(12)), fill(body, citation, all)),
      },
      'Try again',
    );
    body.replaceChildren(
      notice({ title: 'The source could not be opened', text: error.message, tone: 'error', action: again }),
    );
  }
}

/** @param {Citation} citation */
async function textOf({ documentId, version }) {
  const key = `${documentId}/${version}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  loading?.abort();
  loading = new AbortController();
  const query = version > 0 ? `?version=${version}` : '';
  /** @type {import('./api.js').DocumentText} */
  const text = await call(`/v1/documents/${encodeURIComponent(documentId)}/text${query}`, { signal: loading.signal });
  if (version > 0) texts.set(key, text);
  if (texts.size > 6) texts.delete(texts.keys().next().value ?? '');
  return text;
}

/**
 * @param {HTMLElement} body @param {string} text
 * @param {{citation: Citation, all: readonly Citation[], whole: boolean}} view
 */
function render(body, text, { citation, all, whole }) {
  const centre = Math.floor((citation.start + citation.end) / 2);
  const from = whole ? 0 : Math.max(0, centre - SHOWN_CHARACTERS / 2);
  const to = whole ? text.length : Math.min(text.length, Math.max(citation.end, from + SHOWN_CHARACTERS));
  const cited = citation.end > citation.start;
  const others = all.filter((other) => other.documentId === citation.documentId && other.version === citation.version);
  const content = h('div', { class: 'source-text' }, ...pieces(text, { from, to, citation, others }));
  const more =
    to - from < text.length &&
    h(
      'button',
      { type: 'button', class: 'quiet', onclick: () => render(body, text, { citation, all, whole: true }) },
      'Show the whole document',
    );
  const differs =
    cited &&
    citation.quote !== '' &&
    text.slice(citation.start, citation.end) !== citation.quote &&
    h(
      'p',
      { class: 'warning', role: 'alert' },
      'The text at this place is not the quoted one. Do not rely on this citation.',
    );
  body.replaceChildren(...[differs, content, more].filter((part) => part !== false));
  const mark = body.querySelector('mark.cited');
  if (mark === null) body.scrollTop = 0;
  else mark.scrollIntoView({ block: 'center', inline: 'nearest' });
}

/**
 * The text between two offsets, cut where a cited passage begins or ends.
 * @param {string} text
 * @param {{from: number, to: number, citation: Citation, others: readonly Citation[]}} view
 */
function pieces(text, { from, to, citation, others }) {
  const inside = (/** @type {number} */ offset) => offset > from && offset < to;
  const cuts = [citation, ...others].flatMap(({ start, end }) => [start, end]).filter(inside);
  const edges = [from, ...new Set(cuts.sort((left, right) => left - right)), to];
  return edges.slice(1).map((end, index) => {
    const start = edges[index] ?? from;
    const part = text.slice(start, end);
    if (start >= citation.start && end <= citation.end) return h('mark', { class: 'cited' }, part);
    const isOther = others.some((other) => start >= other.start && end <= other.end);
    return isOther ? h('mark', { class: 'other' }, part) : document.createTextNode(part);
  });
}
