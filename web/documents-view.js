/** The list of documents, with deleting that can be undone for a few seconds. */
import { badge } from './verdicts.js';
import { call } from './api.js';
import { byId, counted, h, notice, shownDay, shownTime, skeleton, toast } from './dom.js';
import { openDocument } from './source-panel.js';

/** @typedef {import('./api.js').DocumentItem} DocumentItem */

const PAGE_SIZE = 50;
const UNDO_MS = 8_000;
const INDEXING_LOOK_MS = 1_500;

let indexingTimer = 0;

/** Documents whose deletion waits for its undo window. @type {Map<string, {timer: number, name: string}>} */
const leaving = new Map();

const place = () => byId('documents');

/** Loads the list from its start. */
export async function showDocuments() {
  if (place().childElementCount === 0) place().replaceChildren(skeleton(8));
  try {
    const list = h('ul', { class: 'rows' });
    const more = await append(list, null);
    const isEmpty = list.childElementCount === 0;
    place().replaceChildren(...(isEmpty ? [nothing()] : [list, ...more]));
    if (list.querySelector('[data-indexing]') !== null) followIndexing();
  } catch (error) {
    const again = h('button', { type: 'button', class: 'quiet', onclick: () => void showDocuments() }, 'Try again');
    const text = error instanceof Error ? error.message : '';
    place().replaceChildren(notice({ title: 'The documents could not be listed', text, tone: 'error', action: again }));
  }
}

/** Shows what has changed meanwhile, unless the reader has gone on to later pages or is about to delete something. */
export async function refreshDocuments() {
  const isBusy = place().querySelector('.confirming') !== null || place().querySelectorAll('.row').length > PAGE_SIZE;
  if (!isBusy) await showDocuments();
}

/** Looks again soon while a document on the page is still on its way into the index. */
function followIndexing() {
  clearTimeout(indexingTimer);
  indexingTimer = window.setTimeout(() => {
    if (!byId('view-documents').hidden) void refreshDocuments();
  }, INDEXING_LOOK_MS);
}

/** @param {readonly import('./api.js').Collection[]} collections */
export function summarise(collections) {
  const documents = collections.reduce((sum, collection) => sum + collection.documents, 0);
  const chunks = collections.reduce((sum, collection) => sum + collection.chunks, 0);
  byId('documents-summary').textContent = `${counted(documents, 'document')}, ${counted(chunks, 'passage')}`;
}

function nothing() {
  return notice({
    title: 'No documents yet',
    text: 'Drop files anywhere on this page. Markdown, text, HTML, PDF, Word, CSV, JSON, XML and e-mail are read.',
  });
}

/**
 * Adds one page of rows. @param {HTMLElement} list @param {string | null} cursor
 * @returns {Promise<Node[]>} the button that goes on, if there is more
 */
async function append(list, cursor) {
  const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...(cursor === null ? {} : { cursor }) });
  /** @type {{items: DocumentItem[], nextCursor: string | null}} */
  const { items, nextCursor } = await call(`/v1/documents?${query}`);
  list.append(...items.filter(({ id }) => !leaving.has(id)).map(row));
  if (!nextCursor) return [];
  const button = h('button', { type: 'button', class: 'quiet more', onclick: () => void goOn() }, 'Show more');
  const goOn = async () => {
    button.disabled = true;
    try {
      button.replaceWith(...(await append(list, nextCursor)));
    } catch (error) {
      button.disabled = false;
      toast(error instanceof Error ? error.message : 'That did not work.');
    }
  };
  return [button];
}

/** @param {DocumentItem} item */
function row(item) {
  const open = (/** @type {Event} */ event) =>
    void openDocument(item, /** @type {HTMLElement} */ (event.currentTarget));
  const facts = [
    item.externalId,
    typeName(item.mediaType),
    item.pages ? counted(item.pages, 'page') : '',
    counted(item.chunks, 'passage'),
    validFrom(item),
  ];
  const actions = h('div', { class: 'row-actions' });
  const element = h(
    'li',
    { class: 'row', 'data-indexing': item.indexed !== 'vector' },
    h(
      'div',
      { class: 'row-about' },
      h('button', { type: 'button', class: 'row-title', onclick: open }, item.title || item.externalId),
      h('p', { class: 'where' }, facts.filter(Boolean).join(' · ')),
    ),
    indexBadge(item.indexed),
    h('time', { class: 'row-time', title: `Updated ${shownTime(item.updatedAt)}` }, shownDay(item.updatedAt)),
    actions,
  );
  offerDeletion(element, actions, item);
  return element;
}

/** @param {DocumentItem} item */
function validFrom({ effectiveFrom, effectiveTo }) {
  if (effectiveTo) return `valid until ${shownDay(effectiveTo, 'UTC')}`;
  return effectiveFrom ? `valid from ${shownDay(effectiveFrom, 'UTC')}` : '';
}

/** @param {DocumentItem['indexed']} state */
function indexBadge(state) {
  if (state === 'vector') return badge('words + meaning', 'good');
  return state === 'text' ? badge('words', 'plain') : badge('waiting', 'warn');
}

/** @param {string} mediaType */
function typeName(mediaType) {
  const known = new Map([
    ['application/pdf', 'PDF'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'Word'],
    ['message/rfc822', 'e-mail'],
    ['text/plain', 'text'],
    ['text/markdown', 'Markdown'],
  ]);
  return known.get(mediaType) ?? (mediaType.split('/').at(-1) ?? '').toUpperCase();
}

/** @param {HTMLElement} element @param {HTMLElement} actions @param {DocumentItem} item */
function offerDeletion(element, actions, item) {
  const name = item.title || item.externalId;
  const ask = h(
    'button',
    { type: 'button', class: 'quiet', 'aria-label': `Delete ${name}`, onclick: () => confirm() },
    'Delete',
  );
  const keep = () => {
    element.classList.remove('confirming');
    actions.replaceChildren(ask);
    ask.focus();
  };
  const confirm = () => {
    const yes = h(
      'button',
      { type: 'button', class: 'danger', onclick: () => remove(element, item.id, name) },
      'Delete everywhere',
    );
    const no = h('button', { type: 'button', class: 'quiet', onclick: () => keep() }, 'Keep');
    element.classList.add('confirming');
    actions.replaceChildren(no, yes);
    no.focus();
  };
  actions.replaceChildren(ask);
}

/** @param {HTMLElement} element @param {string} id @param {string} name */
function remove(element, id, name) {
  element.hidden = true;
  const timer = window.setTimeout(() => void erase(element, id), UNDO_MS);
  leaving.set(id, { timer, name });
  const undo = () => {
    clearTimeout(timer);
    leaving.delete(id);
    element.hidden = false;
    void showDocuments();
  };
  toast(`“${name}” will be deleted.`, { label: 'Undo', act: undo }, UNDO_MS - 300);
}

/** @param {HTMLElement} element @param {string} id */
async function erase(element, id) {
  try {
    await call(`/v1/documents/${encodeURIComponent(id)}`, { method: 'DELETE' });
    element.remove();
  } catch (error) {
    element.hidden = false;
    toast(`Not deleted. ${error instanceof Error ? error.message : ''}`);
  } finally {
    leaving.delete(id);
    if (!byId('view-documents').hidden) void showDocuments();
  }
}

/** Leaving the page does not lose a deletion that was confirmed. */
export function finishDeletions() {
  for (const [id, { timer }] of leaving) {
    clearTimeout(timer);
    void call(`/v1/documents/${encodeURIComponent(id)}`, { method: 'DELETE', keepalive: true }).catch(() => {});
  }
  leaving.clear();
}
