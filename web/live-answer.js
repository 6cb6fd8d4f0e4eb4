/** An answer while it is made: what is being done, the words as they come, and a way to stop it. */
import { stopAnswer } from './answer-stream.js';
import { h, skeleton } from './dom.js';

const DOING = {
  accepted: 'Reading the documents …',
  retrieve: 'Choosing the sentences …',
  extract: 'Checking them against their sources …',
  generate: 'Checking it against its sources …',
  correct: 'Looked once more …',
};

/** @param {{stage: string, ahead?: number}} done */
function doingAfter({ stage, ahead }) {
  if (stage !== 'queued') return Reflect.get(DOING, stage);
  return ahead === 1 ? 'One answer before yours …' : `${ahead} answers before yours …`;
}

/**
 * @param {string} question
 * @param {() => void} leave gives up without the server's word
 */
export function liveAnswer(question, leave) {
  const doing = h('span', { class: 'doing', role: 'status' }, DOING.accepted);
  const words = h('p', { class: 'sentence' });
  const text = h('div', { class: 'sentences', hidden: true }, words);
  const bars = skeleton(4);
  let id = '';
  const stop = () => {
    button.disabled = true;
    doing.textContent = 'Stopping …';
    if (id === '') leave();
    else stopAnswer(id).catch(leave);
  };
  const button = h('button', { type: 'button', class: 'quiet', id: 'stop', onclick: stop }, 'Stop');
  const show = () => {
    text.hidden = words.textContent === '';
    bars.hidden = !text.hidden;
  };
  /** @param {import('./answer-stream.js').AnswerEvent} event */
  const onEvent = ({ type, data }) => {
    id = data.id;
    if (type === 'stage.completed') doing.textContent = doingAfter(data) ?? doing.textContent;
    if (type === 'text.added') words.append(data.text);
    if (type === 'answer.restarted') {
      words.textContent = '';
      doing.textContent = 'Beginning anew …';
    }
    show();
  };
  /** @param {boolean} broken */
  const onBroken = (broken) => {
    if (broken) doing.textContent = 'The connection broke. Coming back to the answer …';
  };
  const element = h(
    'div',
    { class: 'card answer live' },
    h('h2', { class: 'question' }, question),
    h('p', { class: 'kind' }, h('span', { class: 'spinner', 'aria-hidden': 'true' }), doing, button),
    text,
    bars,
  );
  return { element, onEvent, onBroken };
}
