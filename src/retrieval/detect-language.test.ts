import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectLanguage, languageOfDocument } from './detect-language.ts';

const TEXTS = {
  en: 'The notice period of an employee is three months, and it begins at the end of the month in which notice was given.',
  de: 'Die Kündigungsfrist eines Mitarbeiters beträgt drei Monate und beginnt am Ende des Monats, in dem gekündigt wurde.',
  fr: 'Le préavis d’un employé est de trois mois et commence à la fin du mois pendant lequel il a été donné.',
  es: 'El plazo de preaviso de un trabajador es de tres meses y comienza al final del mes en que se ha dado.',
  hi: 'कर्मचारी की सूचना अवधि तीन महीने है और यह उस महीने के अंत में शुरू होती है (HR policy).',
  zh: '员工的通知期为三个月,从发出通知的月份结束时开始(HR policy)。',
  ja: '従業員の通知期間は三か月で、通知した月の終わりから始まります。',
  ko: '직원의 통지 기간은 3개월이며 통지한 달의 말부터 시작됩니다.',
} as const;

describe('detectLanguage', () => {
  it.each(Object.entries(TEXTS))('%s', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
    expect(detectLanguage(text.toUpperCase().normalize('NFD'))).toBe(language);
  });

  it.each([
    ['Wie lange ist die Kündigungsfrist?', 'de'],
    ['How long is the notice period?', 'en'],
    ['¿Cuál es el plazo de preaviso?', 'es'],
    ['Quel est le délai de préavis ?', 'fr'],
  ])('of a question: %s', (question, language) => expect(detectLanguage(question)).toBe(language));

  it.each(['', 'Kündigungsfrist', 'ORD-1002 43%', 'Heron, badger, newt', 'Условия договора аренды'])(
    'of none: %s',
    (text) => expect(detectLanguage(text)).toBeNull(),
  );

  it('tells words of a text from a few words in another language', () => {
    expect(detectLanguage(`${TEXTS.de} Er nennt das „the end of the line“.`)).toBe('de');
    expect(detectLanguage(`${TEXTS.en} ${TEXTS.en} He calls it „Ende gut, alles gut“.`)).toBe('en');
  });

  it('counts the letters of mixed scripts, also inside a word', () => {
    expect(detectLanguage('ABC東京 DEF株式 GHI会社')).toBe('zh');
    expect(detectLanguage('ABCDEF東京 GHIJKLの株式 とMNOP')).toBe('ja');
    expect(detectLanguage('It’s the tenant’s: either/or; (of) "to" 東')).toBe('en');
    expect(detectLanguage('ІТ’Ѕ the\u00a0of\u2003and the rent')).toBe('en');
  });

  it('takes a moment, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect([null, ...Object.keys(TEXTS)]).toContain(detectLanguage(text));
      }),
    );
    const started = performance.now();
    detectLanguage('die Frist ist kurz '.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe('languageOfDocument', () => {
  it('believes the text, then what is declared, then English; and a declared language it does not know', () => {
    expect(languageOfDocument(TEXTS.de, 'en')).toBe('de');
    expect(languageOfDocument('Kündigungsfrist', 'de-CH')).toBe('de');
    expect(languageOfDocument('Kündigungsfrist', undefined)).toBe('en');
    expect(languageOfDocument('O prazo de aviso do trabalhador', 'pt')).toBe('pt');
    expect(languageOfDocument('words', '"><script>')).toBe('en');
  });
});
