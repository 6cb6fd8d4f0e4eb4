/**
 * Building elements. Everything a document, a server or a person said becomes text nodes; there is no way to insert
 * markup here, on purpose: documents are hostile.
 */

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => unknown)>} Properties */

/**
 * An element with properties and children. `class` and every attribute by name, `onclick` and the like as functions;
 * null, undefined and false leave an attribute out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Properties} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.filter(isShown).map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

/** @param {Child} child @returns {child is Node | string | number} */
function isShown(child) {
  return child !== null && child !== undefined && child !== false;
}

/**
 * The element of index.html with this id.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  return fieldById(id, HTMLElement);
}

/**
 * The element of index.html with this id, as the kind it is.
 * @template {HTMLElement} E
 * @param {string} id
 * @param {new () => E} kind
 * @returns {E}
 */
export function fieldById(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`index.html has no ${kind.name} #${id}`);
  return element;
}

/**
 * Shows a short message at the bottom; gone after a while.
 * @param {string} text
 * @param {{label: string, act: () => void} | null} [action] a button beside it
 * @param {number} [shownMs]
 * @returns {() => void} takes it away at once
 */
export function toast(text, action = null, shownMs = 4_000) {
  const element = h('div', { class: 'toast' }, h('span', {}, text));
  const close = () => element.remove();
  if (action !== null) {
    const act = () => {
      close();
      action.act();
    };
    element.append(h('button', { type: 'button', class: 'link', onclick: act }, action.label));
  }
  byId('toasts').append(element);
  setTimeout(close, shownMs);
  return close;
}

/**
 * A block that says that something is empty, or went wrong.
 * @param {{title: string, text?: string, tone?: 'plain' | 'error', action?: Node | null}} parts
 */
export function notice({ title, text = '', tone = 'plain', action = null }) {
  const role = tone === 'error' ? 'alert' : null;
  return h('div', { class: `notice ${tone}`, role }, h('h2', {}, title), text !== '' && h('p', {}, text), action);
}

/** Lines that pretend to be text while the real one is on its way. @param {number} lines */
export function skeleton(lines) {
  const bars = Array.from({ length: lines }, () => h('span', { class: 'bar' }));
  return h('div', { class: 'skeleton', 'aria-hidden': 'true' }, ...bars);
}

/** @param {number} count @param {string} noun */
export function counted(count, noun) {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** @param {string | number | null | undefined} instant @returns {string} date and time as people write them, or '' */
export function shownTime(instant) {
  if (instant === null || instant === undefined) return '';
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return '';
  return date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** @param {number | null | undefined} bytes */
export function shownBytes(bytes) {
  if (bytes === null || bytes === undefined) return '';
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(0)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/**
 * A day without its time. @param {string | number | null | undefined} instant
 * @param {'UTC'} [timeZone] UTC for bare dates, which start at 00:00Z; else the reader's own
 */
export function shownDay(instant, timeZone) {
  const date = new Date(instant ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? '' : date.toLocaleDateString(undefined, { dateStyle: 'medium', timeZone });
}
