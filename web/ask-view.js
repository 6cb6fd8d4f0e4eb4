/** The ask box: sends the question, shows the answer, reopens stored ones. */
import { askStreaming } from './answer-stream.js';
import { answerProblem, answerView } from './answer-view.js';
import { call } from './api.js';
import { byId, fieldById, h, notice, skeleton } from './dom.js';
import { liveAnswer } from './live-answer.js';
import { closeSource, openCitation } from './source-panel.js';

/** @typedef {import('./api.js').Answer} Answer */
/** @typedef {import('./api.js').Collection} Collection */

/** @type {AbortController | null} */
let asking = null;
/** Id of the answer on the page, so that its own address does not load it again. */
let shownId = '';
/** @type {readonly import('./api.js').Citation[]} */
let shownCitations = [];
/** What was asked on this page since it was opened or cleared, as it was read: a follow-up is read in its light. @type {string[]} */
let conversation = [];

const form = () => fieldById('ask-form', HTMLFormElement);
const question = () => fieldById('question', HTMLTextAreaElement);
const place = () => byId('answer');

/** Wires the form. */
export function startAsking() {
  form().addEventListener('submit', (event) => {
    event.preventDefault();
    void ask(question().value);
  });
  question().addEventListener('input', fit);
  byId('as-of').addEventListener('input', showAsOf);
  question().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form().requestSubmit();
  });
}

/** Without a date the field says “today” instead of an empty date. */
function showAsOf() {
  const field = fieldById('as-of', HTMLInputElement);
  field.classList.toggle('set', field.value !== '');
  byId('as-of-label').textContent = field.value === '' ? 'As of today' : 'As of';
}

/** The box grows with the question. */
function fit() {
  const box = question();
  box.style.height = 'auto';
  box.style.height = `${Math.min(box.scrollHeight, 240)}px`;
}

/** The collection questions and uploads go to; '' is the server's default. */
export function chosenCollection() {
  return fieldById('collection', HTMLSelectElement).value;
}

/** @param {string} text */
async function ask(text) {
  const trimmed = text.trim();
  if (trimmed === '') return;
  const asOf = fieldById('as-of', HTMLInputElement).value;
  const collection = chosenCollection();
  const body = {
    question: trimmed,
    ...(conversation.length === 0 ? {} : { earlier: conversation.slice(-6) }),
    ...(collection === '' ? {} : { collection }),
    ...(asOf === '' ? {} : { asOf: `${asOf}T00:00:00.000Z` }),
  };
  const stop = new AbortController();
  const live = liveAnswer(trimmed, () => stop.abort());
  const asked = () => askStreaming(body, { ...live, signal: stop.signal });
  await load(asked, { stop, waiting: live.element, retry: () => void ask(trimmed) });
}

/**
 * Shows a stored answer.
 * @param {string} id
 * @param {number | null} citation position of a citation whose source to open
 */
export async function reopen(id, citation) {
  if (id !== shownId) {
    const stop = new AbortController();
    const waiting = h('div', { class: 'card answer' }, skeleton(4));
    const path = `/v1/answers/${encodeURIComponent(id)}`;
    const read = () => call(path, { signal: stop.signal });
    await load(read, { stop, waiting, retry: () => void reopen(id, citation) });
  }
  if (id === shownId && citation !== null) await openCitation(shownCitations, citation);
}

/** Back to the empty page. */
export function clearAnswer() {
  asking?.abort();
  shownId = '';
  conversation = [];
  place().replaceChildren();
  document.body.classList.remove('with-answer');
}

/**
 * @param {() => Promise<Answer>} read
 * @param {{stop: AbortController, waiting: HTMLElement, retry: () => void}} with_
 */
async function load(read, { stop, waiting, retry }) {
  asking?.abort();
  closeSource();
  asking = stop;
  document.body.classList.add('with-answer');
  place().setAttribute('aria-busy', 'true');
  fieldById('ask-button', HTMLButtonElement).disabled = true;
  place().replaceChildren(waiting);
  try {
    const answer = await read();
    if (asking === stop) showAnswer(answer);
  } catch (error) {
    if (asking === stop && error instanceof Error) failed(error, retry);
  } finally {
    if (asking === stop) settle();
  }
}

function settle() {
  asking = null;
  place().setAttribute('aria-busy', 'false');
  fieldById('ask-button', HTMLButtonElement).disabled = false;
}

/** @param {Answer} answer */
function showAnswer(answer) {
  shownId = answer.id;
  conversation.push(answer.readAs ?? answer.question);
  shownCitations = answer.kind === 'abstained' ? answer.nearest : answer.citations;
  question().value = answer.question;
  fit();
  place().replaceChildren(answerView(answer, (narrowed) => void ask(narrowed)));
  document.title = `${answer.question} · Plumbline`;
  if (!location.hash.startsWith(`#/answers/${answer.id}`)) history.pushState(null, '', `#/answers/${answer.id}`);
}

/** @param {Error} error @param {() => void} retry */
function failed(error, retry) {
  const code = 'code' in error ? error.code : '';
  shownId = '';
  const stopped = code === 'stopped' || code === 'answer.stopped';
  const again = h('button', { type: 'button', class: 'quiet', onclick: retry }, 'Ask again');
  const view = stopped
    ? notice({ title: 'Stopped', text: 'The answer was stopped before it was there.', action: again })
    : answerProblem(error, code === 'answer.not-found' ? null : retry);
  place().replaceChildren(view);
}

/** Fills the chooser and the examples. @param {readonly Collection[]} collections */
export function showCollections(collections) {
  const select = fieldById('collection', HTMLSelectElement);
  const before = select.value;
  select.replaceChildren(...collections.map(({ name }) => h('option', { value: name }, name)));
  if (collections.some(({ name }) => name === before)) select.value = before;
  byId('collection-field').hidden = collections.length < 2;
  select.onchange = () => showExamples(collections);
  showExamples(collections);
}

/** @param {readonly Collection[]} collections */
function showExamples(collections) {
  const chosen = collections.find(({ name }) => name === chosenCollection()) ?? collections[0];
  const isEmpty = collections.every(({ documents }) => documents === 0);
  const examples = (chosen?.exampleQuestions ?? []).slice(0, 6);
  const chips = examples.map((text) =>
    h('button', { type: 'button', class: 'example', onclick: () => void ask(text) }, text),
  );
  const browse = h(
    'button',
    { type: 'button', class: 'primary', onclick: () => byId('file-input').click() },
    'Choose files',
  );
  const empty = notice({
    title: 'Nothing to ask yet',
    text: 'Drop files anywhere on this page, or choose them. They go nowhere but to your Plumbline.',
    action: browse,
  });
  byId('examples').replaceChildren(...(isEmpty ? [empty] : chips));
}
