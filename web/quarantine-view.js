/** Files that could not be read: why, and what can be done. */
import { call } from './api.js';
import { byId, counted, h, notice, shownBytes, shownTime, skeleton, toast } from './dom.js';

/** @typedef {import('./api.js').QuarantineItem} QuarantineItem */

const place = () => byId('quarantine');

/** Loads the list and the number in the navigation. */
export async function showQuarantine() {
  if (place().childElementCount === 0) place().replaceChildren(skeleton(5));
  try {
    /** @type {{items: QuarantineItem[]}} */
    const { items } = await call('/v1/quarantine');
    const count = byId('quarantine-count');
    count.hidden = items.length === 0;
    count.textContent = String(items.length);
    const empty = notice({ title: 'Nothing in quarantine', text: 'Every file so far could be read.' });
    place().replaceChildren(items.length === 0 ? empty : h('ul', { class: 'rows' }, ...items.map(row)));
  } catch (error) {
    const again = h('button', { type: 'button', class: 'quiet', onclick: () => void showQuarantine() }, 'Try again');
    const text = error instanceof Error ? error.message : '';
    place().replaceChildren(
      notice({ title: 'The quarantine could not be listed', text, tone: 'error', action: again }),
    );
  }
}

/** @param {QuarantineItem} item */
function row(item) {
  const facts = [item.code, shownBytes(item.bytes), counted(item.attempts, 'attempt'), shownTime(item.updatedAt)];
  const path = `/v1/quarantine/${encodeURIComponent(item.id)}`;
  const retry = () => act(`${path}/retry`, 'POST', 'Trying again.');
  const discard = () => act(path, 'DELETE', 'Discarded.');
  return h(
    'li',
    { class: 'row' },
    h(
      'div',
      { class: 'row-about' },
      h('p', { class: 'row-title' }, item.externalId),
      h('p', { class: 'row-reason' }, item.reason),
      h('p', { class: 'where' }, facts.filter(Boolean).join(' · ')),
    ),
    h(
      'div',
      { class: 'row-actions' },
      h(
        'button',
        { type: 'button', class: 'quiet', 'aria-label': `Retry ${item.externalId}`, onclick: retry },
        'Retry',
      ),
      h(
        'button',
        { type: 'button', class: 'quiet', 'aria-label': `Discard ${item.externalId}`, onclick: discard },
        'Discard',
      ),
    ),
  );
}

/** @param {string} path @param {string} method @param {string} done */
async function act(path, method, done) {
  try {
    await call(path, { method });
    toast(done);
  } catch (error) {
    toast(error instanceof Error ? error.message : 'That did not work.');
  }
  await showQuarantine();
}
