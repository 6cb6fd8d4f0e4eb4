/** What the words of an answer are marked with. */
import { h } from './dom.js';

/** What a verdict is called, and how it looks. */
export const VERDICTS = {
  quoted: { label: 'quoted', tone: 'good', meaning: 'The source’s own words' },
  supported: { label: 'supported', tone: 'good', meaning: 'A source carries all of it' },
  partly: { label: 'partly supported', tone: 'warn', meaning: 'A source carries some of it' },
  contradicted: { label: 'contradicted', tone: 'bad', meaning: 'A source says otherwise' },
  unverified: { label: 'unverified', tone: 'warn', meaning: 'No source says it' },
  'not-a-claim': { label: 'no claim', tone: 'plain', meaning: 'There is nothing to check' },
};

/** @param {string} text @param {'good' | 'warn' | 'bad' | 'plain'} tone */
export function badge(text, tone) {
  return h('span', { class: `badge ${tone}` }, text);
}

/** A verdict behind its sentence. @param {import('./api.js').Verdict['verdict']} verdict @param {string} [more] told by hovering */
export function verdictMark(verdict, more = '') {
  const { label, tone, meaning } = VERDICTS[verdict];
  const title = [meaning, more].filter(Boolean).join(' · ');
  return h('span', { class: `verdict ${tone}`, title }, label);
}
