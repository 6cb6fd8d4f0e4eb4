/** Making an answer again with another prompt or model, and what became of each claim. */
import { call } from './api.js';
import { h, notice } from './dom.js';
import { badge, verdictMark } from './verdicts.js';

/** @typedef {import('./api.js').Answer} Answer */
/** @typedef {import('./api.js').Comparison} Comparison */
/** @typedef {import('./api.js').ComparedSide} Side */

/** What became of a claim, and how it looks. */
const WHAT = {
  same: { label: 'the same', tone: 'plain' },
  verdict: { label: 'judged otherwise', tone: 'warn' },
  reworded: { label: 'reworded', tone: 'warn' },
  added: { label: 'new', tone: 'good' },
  removed: { label: 'gone', tone: 'bad' },
};

/**
 * A button for the answer's foot, and the panel it opens.
 * @param {Answer} answer
 */
export function replayPanel(answer) {
  const panel = h('section', { class: 'replay', 'aria-label': 'Make this answer again', hidden: true });
  const toggle = h('button', { type: 'button', class: 'quiet', 'aria-expanded': 'false' }, 'Replay');
  const close = () => {
    panel.hidden = true;
    toggle.setAttribute('aria-expanded', 'false');
    toggle.focus();
  };
  toggle.addEventListener('click', () => {
    if (!panel.hidden) return close();
    panel.hidden = false;
    toggle.setAttribute('aria-expanded', 'true');
    if (panel.childElementCount === 0) void fill(panel, answer);
    else focusFirst(panel);
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  });
  return { toggle, panel };
}

/** @param {HTMLElement} panel */
function focusFirst(panel) {
  const first = panel.querySelector('select, button');
  if (first instanceof HTMLElement) first.focus();
}

/** @param {HTMLElement} panel @param {Answer} answer */
async function fill(panel, answer) {
  panel.replaceChildren(working('Looking what there is …'));
  try {
    /** @type {{prompts: string[], models: string[]}} */
    const choices = await call(`${pathOf(answer.id)}/replay`);
    panel.replaceChildren(...chooser(answer, choices));
    focusFirst(panel);
  } catch (error) {
    panel.replaceChildren(problem(error, () => void fill(panel, answer)));
  }
}

/** @param {Answer} answer @param {{prompts: readonly string[], models: readonly string[]}} choices */
function chooser(answer, { prompts, models }) {
  const { prompt = null, model = null, replayOf = null } = answer.record;
  const promptField = choice('Prompt', prompts, prompt);
  const modelField = choice('Model', models, model);
  const result = h('div', { class: 'replay-result', 'aria-live': 'polite' });
  const body = () => ({
    ...(promptField.select.value !== '' && { prompt: promptField.select.value }),
    ...(modelField.select.value !== '' && { model: modelField.select.value }),
  });
  const start = h('button', { type: 'button', class: 'primary' }, 'Ask again');
  const run = () => load(result, start, () => replayed(answer.id, body()));
  start.addEventListener('click', () => void run());
  const compare =
    replayOf !== null &&
    h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        onclick: () => void load(result, start, () => compared(replayOf, answer.id)),
      },
      'Compare with the answer it replays',
    );
  const none = models.length === 0;
  return [
    h('h3', {}, 'Make this answer again'),
    h(
      'p',
      { class: 'aside' },
      'The same question, of the same moment; the documents speak as they are now.',
      none && ' No language model is declared, so it comes from the sources alone.',
    ),
    h('div', { class: 'replay-fields' }, !none && promptField.field, !none && modelField.field, start, compare),
    result,
  ];
}

/** @param {string} name @param {readonly string[]} values @param {string | null} before */
function choice(name, values, before) {
  const asBefore = before === null ? 'as it was' : `as it was (${before})`;
  const options = values.map((value) => h('option', { value }, value));
  const select = h('select', {}, h('option', { value: '' }, asBefore), ...options);
  return { select, field: h('label', { class: 'chip-field' }, h('span', {}, name), select) };
}

/** @param {string} id @param {object} body @returns {Promise<Comparison>} */
async function replayed(id, body) {
  /** @type {Answer} */
  const answer = await call(`${pathOf(id)}/replay`, { method: 'POST', body });
  return await compared(id, answer.id);
}

/** @param {string} before @param {string} after @returns {Promise<Comparison>} */
function compared(before, after) {
  return call(`${pathOf(before)}/compare?with=${encodeURIComponent(after)}`);
}

/** @param {HTMLElement} result @param {HTMLButtonElement} start @param {() => Promise<Comparison>} read */
async function load(result, start, read) {
  start.disabled = true;
  result.replaceChildren(working('Asking again …'));
  try {
    const view = comparison(await read());
    result.replaceChildren(view);
    view.focus({ preventScroll: true });
    view.scrollIntoView({ block: 'nearest' });
  } catch (error) {
    result.replaceChildren(problem(error, () => void load(result, start, read)));
  } finally {
    start.disabled = false;
  }
}

/** @param {string} text */
function working(text) {
  return h('p', { class: 'kind', role: 'status' }, h('span', { class: 'spinner', 'aria-hidden': 'true' }), text);
}

/** @param {unknown} error @param {() => void} retry */
function problem(error, retry) {
  const action = h('button', { type: 'button', class: 'quiet', onclick: retry }, 'Try again');
  return notice({
    title: 'That did not work',
    text: error instanceof Error ? error.message : '',
    tone: 'error',
    action,
  });
}

/** Two answers, claim by claim. @param {Comparison} compared_ */
function comparison({ before, after, claims }) {
  const different = claims.filter(({ what }) => what !== 'same').length;
  const sum =
    claims.length === 0
      ? 'Neither answer claims anything.'
      : different === 0
        ? 'Every claim is the same.'
        : `${different} of ${claims.length} claims differ.`;
  return h(
    'section',
    { class: 'comparison', tabindex: -1, 'aria-label': 'What became of each claim' },
    h('h3', {}, sum),
    h('dl', { class: 'replay-sides' }, ...side('Before', before), ...side('Now', after)),
    claims.length > 0 && h('ol', {}, ...claims.map((claim) => claimView(claim, before, after))),
  );
}

/** @param {string} name @param {Side} side_ */
function side(name, { id, kind, record, confidence }) {
  const by = record.model === null ? 'no model' : [record.model, record.prompt].filter(Boolean).join(', ');
  const about = `${kind}, ${by}, confidence ${Math.round(confidence * 100)} %`;
  return [h('dt', {}, name), h('dd', {}, h('a', { href: `#/answers/${id}` }, about))];
}

/** @param {Comparison['claims'][number]} claim @param {Side} before @param {Side} after */
function claimView({ before: was, after: is, what }, before, after) {
  const old = was === null ? undefined : before.sentences[was];
  const now = is === null ? undefined : after.sentences[is];
  const { label, tone } = WHAT[what];
  const shown =
    what === 'verdict' && old !== undefined && now !== undefined
      ? [h('p', { class: 'sentence' }, now.text, verdictMark(old.verdict), ' → ', verdictMark(now.verdict))]
      : [
          old !== undefined && what !== 'same' && said(old, 'del'),
          now !== undefined && said(now, what === 'same' ? 'span' : 'ins'),
        ];
  const mark = badge(label, /** @type {'good' | 'warn' | 'bad' | 'plain'} */ (tone));
  return h('li', { class: 'compared', 'data-what': what }, mark, ...shown);
}

/** @param {Side['sentences'][number]} sentence @param {'del' | 'ins' | 'span'} tag */
function said({ text, verdict }, tag) {
  return h('p', { class: 'sentence' }, h(tag, {}, text), verdictMark(verdict));
}

/** @param {string} id */
function pathOf(id) {
  return `/v1/answers/${encodeURIComponent(id)}`;
}
