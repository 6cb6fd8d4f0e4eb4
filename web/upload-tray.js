/** Adding documents: drop anywhere or choose; a tray shows how far each file is and why one was refused. */
import { upload } from './api.js';
import { chosenCollection } from './ask-view.js';
import { byId, counted, fieldById, h, toast } from './dom.js';

/** Files on their way at once. */
const AT_ONCE = 2;
/** Files taken from one drop; a larger folder belongs on the command line. */
const MAX_FILES = 500;

/** @typedef {{file: File, name: string, element: HTMLElement}} Waiting */

/** @type {Waiting[]} */
const queue = [];
let running = 0;
let stop = new AbortController();

/** Wires the buttons, the file chooser and the whole page as a place to drop. */
export function startUploads() {
  const input = fieldById('file-input', HTMLInputElement);
  for (const id of ['browse', 'attach']) byId(id).addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    add([...(input.files ?? [])].map((file) => ({ file, name: file.name })));
    input.value = '';
  });
  let depth = 0;
  const hover = (/** @type {number} */ change) => {
    depth = Math.max(0, depth + change);
    byId('drop').hidden = depth === 0;
  };
  const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') === true;
  addEventListener('dragenter', (event) => hasFiles(event) && hover(1));
  addEventListener('dragleave', (event) => hasFiles(event) && hover(-1));
  addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault());
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    hover(-depth);
    void filesOf(event.dataTransfer).then(add);
  });
}

/**
 * What was dropped, folders opened. The browser lets go of the items after this turn, so all are taken first.
 * @param {DataTransfer | null} transfer
 * @returns {Promise<{file: File, name: string}[]>}
 */
async function filesOf(transfer) {
  const taken = [...(transfer?.items ?? [])].map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  /** @type {{file: File, name: string}[]} */
  const found = [];
  for (const entry of taken) {
    if (entry instanceof File) found.push({ file: entry, name: entry.name });
    else if (entry !== null)
      await collect(entry, found).catch(() => toast(`“${entry.name}” could not be read completely.`));
  }
  if (found.length >= MAX_FILES)
    toast(`Only the first ${MAX_FILES} files are taken. For more: npm start -- ./my-folder`, null, 10_000);
  return found;
}

/** Hidden files and folders stay out. @param {FileSystemEntry} entry @param {{file: File, name: string}[]} found */
async function collect(entry, found) {
  if (entry.name.startsWith('.') || found.length >= MAX_FILES) return;
  if (entry.isFile) {
    const fileEntry = /** @type {FileSystemFileEntry} */ (entry);
    /** @type {File} */
    const file = await new Promise((resolve, reject) => fileEntry.file(resolve, reject));
    found.push({ file, name: entry.fullPath.replace(/^\//, '') });
    return;
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return;
    for (const child of batch) await collect(child, found);
  }
}

/** @param {{file: File, name: string}[]} files */
function add(files) {
  if (files.length === 0) return;
  const list = openTray();
  for (const { file, name } of files.slice(0, MAX_FILES)) {
    const element = h(
      'li',
      { class: 'upload' },
      h('span', { class: 'upload-name' }, name),
      h('span', { class: 'upload-state' }, 'waiting'),
    );
    list.append(element);
    queue.push({ file, name, element });
  }
  pump();
}

function openTray() {
  const tray = byId('tray');
  const existing = tray.querySelector('ul');
  if (!tray.hidden && existing !== null) return existing;
  const list = h('ul', { class: 'uploads' });
  const close = h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': 'Close uploads', onclick: closeTray },
    '✕',
  );
  tray.replaceChildren(h('header', {}, h('h2', { 'aria-live': 'polite' }, 'Adding documents'), close), list);
  tray.hidden = false;
  stop = new AbortController();
  return list;
}

/** Closing stops what has not been sent. */
function closeTray() {
  queue.length = 0;
  stop.abort();
  byId('tray').hidden = true;
}

function pump() {
  while (running < AT_ONCE) {
    const next = queue.shift();
    if (next === undefined) break;
    running++;
    void send(next).finally(() => {
      running--;
      pump();
    });
  }
  const title = byId('tray').querySelector('h2');
  if (title !== null)
    title.textContent = running > 0 ? `Adding ${counted(running + queue.length, 'document')}` : 'Done';
}

/** @param {Waiting} waiting */
async function send({ file, name, element }) {
  const bar = h('progress', { max: 1, value: 0, 'aria-label': `Sending ${name}` });
  const state = h('span', { class: 'upload-state' }, 'sending');
  element.lastChild?.replaceWith(state);
  element.append(bar);
  const progress = (/** @type {number} */ share) => {
    bar.value = share;
    if (share >= 1) state.textContent = 'reading';
  };
  try {
    const stored = await upload(file, { collection: chosenCollection(), name, progress, signal: stop.signal });
    state.textContent = stored.unchanged ? 'already here, unchanged' : `added, ${counted(stored.chunks, 'passage')}`;
    element.classList.add('done');
  } catch (error) {
    state.textContent = error instanceof Error ? error.message : 'That did not work.';
    element.classList.add('failed');
  } finally {
    bar.remove();
  }
}
