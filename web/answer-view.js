/** An answer on the page: quoted sentences with their citations, or what was nearest when the documents do not say. */
import { Problem } from './api.js';
import { counted, h, notice, shownTime, toast } from './dom.js';
import { openCitation, whereOf } from './source-panel.js';

/** @typedef {import('./api.js').Answer} Answer */
/** @typedef {import('./api.js').Citation} Citation */

/** @param {Answer} answer @returns {HTMLElement} */
export function answerView(answer) {
  return answer.kind === 'abstained' ? abstention(answer) : extract(answer);
}

/** @param {Answer} answer */
function extract(answer) {
  const sentences = answer.sentences.map((sentence) =>
    h(
      'p',
      { class: 'sentence' },
      `“${sentence.text}”`,
      ...sentence.citations.map((index) => reference(answer.citations, index)),
    ),
  );
  return h(
    'article',
    { class: 'card answer' },
    h('h2', { class: 'question' }, answer.question),
    h('p', { class: 'kind' }, badge('Quoted word for word', 'good'), validity(answer)),
    h('div', { class: 'sentences' }, ...sentences),
    sources(answer.citations, 'Sources'),
    footer(answer),
  );
}

/** @param {Answer} answer */
function abstention(answer) {
  return h(
    'article',
    { class: 'card answer' },
    h('h2', { class: 'question' }, answer.question),
    h('p', { class: 'kind' }, badge('No answer in the documents', 'warn'), validity(answer)),
    h(
      'p',
      { class: 'reason' },
      answer.reason || answer.text || 'Nothing in these documents answers this well enough to be quoted.',
    ),
    answer.nearest.length > 0 && sources(answer.nearest, 'Closest passages'),
    footer(answer),
  );
}

/** @param {Answer} answer */
function validity({ asOf, collection }) {
  const time = shownTime(asOf);
  return h('span', { class: 'aside' }, [collection, time === '' ? '' : `as of ${time}`].filter(Boolean).join(' · '));
}

/** @param {string} text @param {'good' | 'warn' | 'plain'} tone */
export function badge(text, tone) {
  return h('span', { class: `badge ${tone}` }, text);
}

/** The small number behind a sentence. @param {readonly Citation[]} citations @param {number} index */
function reference(citations, index) {
  const citation = citations[index];
  if (citation === undefined) return null;
  return h(
    'button',
    {
      type: 'button',
      class: 'reference',
      'data-citation': index,
      'aria-label': `Open source ${index + 1}: ${citation.title}`,
      title: [citation.title, whereOf(citation)].filter(Boolean).join(' · '),
      onclick: (/** @type {Event} */ event) =>
        openCitation(citations, index, /** @type {HTMLElement} */ (event.currentTarget)),
    },
    index + 1,
  );
}

/** @param {readonly Citation[]} citations @param {string} title */
function sources(citations, title) {
  const rows = citations.map((citation, index) =>
    h(
      'li',
      {},
      h(
        'button',
        {
          type: 'button',
          class: 'source-row',
          'data-citation': index,
          onclick: (/** @type {Event} */ event) =>
            openCitation(citations, index, /** @type {HTMLElement} */ (event.currentTarget)),
        },
        h('span', { class: 'number' }, index + 1),
        h(
          'span',
          { class: 'source-about' },
          h('span', { class: 'source-name' }, citation.title),
          h('span', { class: 'where' }, whereOf(citation)),
          h('span', { class: 'excerpt' }, citation.quote),
        ),
      ),
    ),
  );
  return h('section', { class: 'sources', 'aria-label': title }, h('h3', {}, title), h('ol', {}, ...rows));
}

/** @param {Answer} answer */
function footer(answer) {
  return h(
    'footer',
    { class: 'answer-foot' },
    h('span', { class: 'timings', title: stages(answer) }, effort(answer)),
    h('button', { type: 'button', class: 'quiet', onclick: () => share(answer.id) }, 'Share'),
  );
}

/** What it took, in one line. @param {Answer} answer */
function effort({ timings, candidates, confidence, kind }) {
  const total = timings['totalMs'];
  return [
    kind !== 'abstained' && Number.isFinite(confidence) && `confidence ${Math.round(confidence * 100)} %`,
    candidates.length > 0 && `${counted(candidates.length, 'passage')} compared`,
    total !== undefined && `${Math.round(total)} ms`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Every stage with its time, for whoever asks by hovering. @param {Answer} answer */
function stages({ timings }) {
  return Object.entries(timings)
    .map(([stage, ms]) => `${stage.replace(/Ms$/, '')} ${ms.toFixed(1)} ms`)
    .join('\n');
}

/** @param {string} id */
async function share(id) {
  const link = `${location.origin}/#/answers/${id}`;
  try {
    await navigator.clipboard.writeText(link);
    toast('Link copied. It reopens this answer as it is stored.');
  } catch {
    window.prompt('Copy this link:', link);
  }
}

/**
 * Why there is no answer to show.
 * @param {Error} error
 * @param {(() => void) | null} retry
 */
export function answerProblem(error, retry) {
  const id = error instanceof Problem && error.requestId !== '' ? ` (request ${error.requestId})` : '';
  const action = retry === null ? null : h('button', { type: 'button', class: 'quiet', onclick: retry }, 'Try again');
  return notice({ title: 'That did not work', text: error.message + id, tone: 'error', action });
}
