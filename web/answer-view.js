/** An answer on the page: quoted sentences with their citations, or what was nearest when the documents do not say. */
import { Problem } from './api.js';
import { counted, h, notice, shownTime, toast } from './dom.js';
import { replayPanel } from './replay-panel.js';
import { openCitation, whereOf } from './source-panel.js';
import { badge, VERDICTS, verdictMark } from './verdicts.js';

/** @typedef {import('./api.js').Answer} Answer */
/** @typedef {import('./api.js').Citation} Citation */
/** @typedef {import('./api.js').Conflict} Conflict */
/** @typedef {import('./api.js').Sentence} Sentence */

/**
 * @param {Answer} answer
 * @param {(question: string) => void} ask asks a question that narrows this one
 * @returns {HTMLElement}
 */
export function answerView(answer, ask) {
  if (answer.kind === 'abstained') return abstention(answer);
  return h(
    'article',
    { class: 'card answer' },
    h('h2', { class: 'question' }, answer.question),
    answer.readAs !== undefined && h('p', { class: 'aside read-as' }, `Read as: ${answer.readAs}`),
    h('p', { class: 'kind' }, kindOf(answer), sureness(answer), validity(answer)),
    wordsView(answer),
    answer.clarification !== undefined && clarificationView(answer.clarification, ask),
    answer.reason !== null && h('p', { class: 'reason' }, answer.reason),
    unheard(answer),
    ...answer.conflicts.map((conflict) => conflictView(conflict, answer.citations)),
    answer.citations.length > 0 && sources(answer.citations, 'Sources'),
    ...footer(answer),
  );
}

/** @param {Answer} answer */
function wordsView(answer) {
  const { changes, object, kind, sentences, clarification } = answer;
  if (changes !== undefined) return changesView(answer, changes);
  if (object !== undefined) return objectView(answer, object);
  // Of what is asked back, each sentence is said of one option; the last asks, below.
  const options = kind === 'clarification' ? (clarification?.options ?? []) : [];
  const shown = kind === 'clarification' ? sentences.slice(0, options.length) : sentences;
  return h(
    'div',
    { class: 'sentences' },
    ...shown.map((sentence, i) => sentenceView(sentence, answer, options[i]?.label)),
  );
}

/** JSON, and what carries each value of it. @param {Answer} answer @param {NonNullable<Answer['object']>} object */
function objectView(answer, { leaves }) {
  const rows = leaves.flatMap(({ pointer, sentence }) => {
    const said = answer.sentences[sentence];
    return said === undefined ? [] : [sentenceView(said, answer, pointer)];
  });
  return h('div', {}, h('pre', { class: 'json', tabindex: 0 }, answer.text), h('div', { class: 'sentences' }, ...rows));
}

/** What is asked back. @param {NonNullable<Answer['clarification']>} asked @param {(question: string) => void} ask */
function clarificationView({ question, options }, ask) {
  const buttons = options.map(({ label, question: narrowed }) =>
    h('button', { type: 'button', class: 'example', onclick: () => ask(narrowed) }, label),
  );
  return h(
    'section',
    { class: 'clarify', 'aria-label': 'Which do you mean?' },
    h('h3', {}, question),
    h('div', { class: 'examples' }, ...buttons),
  );
}

/** @param {Answer} answer */
function unheard({ record }) {
  if (record?.unheard === undefined) return null;
  return h(
    'p',
    { class: 'aside' },
    `No language model could be heard, so this comes from the sources alone. ${record.unheard.message}`,
  );
}

/** @param {Answer} answer */
function sureness({ confidence, kind }) {
  if (kind === 'clarification' || !Number.isFinite(confidence)) return null;
  return h('span', { class: 'aside confidence' }, `confidence ${Math.round(confidence * 100)} %`);
}

/** @param {Answer} answer */
function kindOf({ kind, sentences, changes }) {
  if (kind === 'clarification') return badge('Which do you mean?', 'plain');
  if (changes !== undefined) return badge(`${counted(changes.items.length, 'change')}, in the sources’ words`, 'good');
  if (sentences.every(({ verdict }) => verdict === 'quoted')) return badge('Quoted word for word', 'good');
  const doubtful = sentences.some(({ verdict }) => ['partly', 'contradicted', 'unverified'].includes(verdict));
  return doubtful ? badge('Not all of it is supported', 'warn') : badge('Every sentence checked', 'good');
}

/**
 * A sentence, how it was checked, and the sources that carry it.
 * @param {Sentence} sentence @param {Answer} answer @param {string} [about] what it is said of
 */
function sentenceView({ text, citations, verdict, score, reason }, answer, about) {
  const { tone } = VERDICTS[verdict];
  return h(
    'div',
    { class: `claim ${tone}`, 'data-verdict': verdict },
    about !== undefined && h('p', { class: 'about' }, about),
    h(
      'p',
      { class: 'sentence' },
      verdict === 'quoted' ? `“${text}”` : text,
      ...citations.map((index) => reference(answer.citations, index)),
      verdictMark(verdict, verdict === 'quoted' ? '' : `score ${score.toFixed(2)}`),
    ),
    reason !== null && h('p', { class: 'why' }, reason),
  );
}

/** What was said before and after, change by change. @param {Answer} answer @param {import('./api.js').Changes} changes */
function changesView({ citations }, { items }) {
  /** @param {number | null} index @param {string} word @param {'del' | 'ins'} tag */
  const side = (index, word, tag) => {
    const citation = index === null ? undefined : citations[index];
    if (index === null || citation === undefined) return null;
    const { version, effectiveFrom } = citation;
    const since = effectiveFrom === undefined ? '' : `, since ${shownDay(effectiveFrom)}`;
    const where = h('span', { class: 'where' }, `${word}: version ${version}${since}`);
    return h('p', { class: 'sentence' }, h(tag, {}, citation.quote), reference(citations, index), ' ', where);
  };
  const rows = items.map(({ before, after }) => {
    const title = citations[after ?? before ?? -1]?.title ?? '';
    const what = before === null ? ' · new' : after === null ? ' · gone' : '';
    const heading = h('p', { class: 'where' }, `${title}${what}`);
    return h('li', { class: 'change' }, heading, side(before, 'Before', 'del'), side(after, 'After', 'ins'));
  });
  return h('ol', { class: 'sentences changes' }, ...rows);
}

/** Sources that disagree, side by side. @param {Conflict} conflict @param {readonly Citation[]} citations */
function conflictView({ reason, sides }, citations) {
  const rows = sides.map(({ citation, says, effectiveFrom }) =>
    h(
      'li',
      {},
      h('strong', {}, says),
      reference(citations, citation),
      h(
        'span',
        { class: 'where' },
        [citations[citation]?.title, `since ${shownDay(effectiveFrom)}`].filter(Boolean).join(' · '),
      ),
    ),
  );
  return h(
    'section',
    { class: 'conflict', 'aria-label': 'The sources disagree' },
    h('h3', {}, 'The sources disagree'),
    h('p', {}, reason),
    h('ol', {}, ...rows),
  );
}

/** @param {string} instant @returns {string} the day, UTC */
function shownDay(instant) {
  return new Date(instant).toLocaleDateString(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
}

/** @param {Answer} answer */
function abstention(answer) {
  const { missing, nearest } = answer;
  return h(
    'article',
    { class: 'card answer' },
    h('h2', { class: 'question' }, answer.question),
    answer.readAs !== undefined && h('p', { class: 'aside read-as' }, `Read as: ${answer.readAs}`),
    h('p', { class: 'kind' }, badge('No answer in the documents', 'warn'), validity(answer)),
    h(
      'p',
      { class: 'reason' },
      answer.reason || answer.text || 'Nothing in these documents answers this well enough to be quoted.',
    ),
    unheard(answer),
    missing !== null &&
      h(
        'dl',
        { class: 'missing' },
        ...looked('Looked for', missing.lookedFor),
        ...looked('Found nowhere near', missing.notFound),
        ...(missing.wouldAnswer === '' ? [] : [h('dt', {}, 'What would answer it'), h('dd', {}, missing.wouldAnswer)]),
      ),
    nearest.length > 0 && sources(nearest, 'Closest passages'),
    ...footer(answer),
  );
}

/** @param {string} title @param {readonly string[]} words */
function looked(title, words) {
  return words.length === 0 ? [] : [h('dt', {}, title), h('dd', {}, words.join(', '))];
}

/** @param {Answer} answer */
function validity({ asOf, collection }) {
  const time = shownTime(asOf);
  return h('span', { class: 'aside' }, [collection, time === '' ? '' : `as of ${time}`].filter(Boolean).join(' · '));
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
      'aria-label': `Open source ${index + 1}: ${citation.title}: ${citation.quote}`,
      onclick: (/** @type {Event} */ event) =>
        openCitation(citations, index, /** @type {HTMLElement} */ (event.currentTarget)),
    },
    index + 1,
    h(
      'span',
      { class: 'peek', 'aria-hidden': 'true' },
      h('q', {}, citation.quote),
      h('span', { class: 'where' }, [citation.title, whereOf(citation)].filter(Boolean).join(' · ')),
    ),
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
  const { toggle, panel } = replayPanel(answer);
  const foot = h(
    'footer',
    { class: 'answer-foot' },
    h('span', { class: 'timings', title: stages(answer) }, effort(answer)),
    toggle,
    h('button', { type: 'button', class: 'quiet', onclick: () => share(answer.id) }, 'Share'),
  );
  return [foot, panel];
}

/** What it took, in one line. @param {Answer} answer */
function effort({ timings, candidates }) {
  const total = timings['totalMs'];
  return [
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
