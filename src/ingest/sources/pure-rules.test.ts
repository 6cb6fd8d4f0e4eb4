import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ignoredFile, ignoredFolder } from './default-ignores.ts';
import { massDeletion } from './deletion-rule.ts';
import { type GitignoreChain, GitignoreFile, isGitignored } from './gitignore.ts';
import { compilePatterns } from './path-patterns.ts';
import { printableName } from './printable-name.ts';

describe('massDeletion', () => {
  test.each([
    [100, 10, 'close'],
    [20, 20, 'mass-deletion'],
    [10, 10, 'close'],
    [55, 11, 'close'],
    [54, 11, 'mass-deletion'],
    [1_000_000, 200_000, 'close'],
    [1_000_000, 200_001, 'mass-deletion'],
    [50, 0, 'nothing-missing'],
  ])('of %i known, %i missing → %s', (known, missing, expected) => {
    const verdict = massDeletion({ known, missing, complete: true });
    expect(verdict.close ? 'close' : verdict.because).toBe(expected);
  });

  test('an incomplete listing never closes anything, confirmed or not', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.boolean(), (kept, missing, confirmed) => {
        expect(massDeletion({ known: kept + missing, missing, complete: false, confirmed }).close).toBe(false);
      }),
    );
  });

  test('what is closed unasked is at most 10 documents or 20 %; confirmation closes any number', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 1, max: 5000 }), (kept, missing) => {
        const known = kept + missing;
        const unasked = massDeletion({ known, missing, complete: true }).close;
        expect(unasked).toBe(missing <= 10 || missing * 5 <= known);
        expect(massDeletion({ known, missing, complete: true, confirmed: true }).close).toBe(true);
      }),
    );
  });

  test('the refusal says how many and what to do', () => {
    const verdict = massDeletion({ known: 40, missing: 30, complete: true });
    if (verdict.close || verdict.because !== 'mass-deletion') throw new Error('expected a refusal');
    expect(verdict.refusal.code).toBe('source.mass-deletion');
    expect(verdict.refusal.message).toMatch(/30 of the 40 .*--confirm-deletions/);
  });
});

describe('compilePatterns', () => {
  test.each([
    ['*.md', 'a/b/notes.md', true],
    ['*.md', 'notes.txt', false],
    ['docs/*.md', 'docs/a.md', true],
    ['docs/*.md', 'other/docs/a.md', false],
    ['./docs/**', 'docs/a/b.pdf', true],
    ['docs/', 'docs', true],
    ['docs/', 'docs/deep/a.md', true],
    ['docs/', 'my-docs/a.md', false],
    ['archive', 'x/archive', true],
    ['*.{md,txt}', 'x/ü (1).txt', true],
    ['*', '.hidden', true],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(compilePatterns([pattern])?.(path)).toBe(expected);
  });

  test('no pattern is no matcher', () => expect(compilePatterns([])).toBeNull());

  test.each(['', '/', '../secret/*', 'a/../b', 'x\u0000', '*'.repeat(13), 'a'.repeat(301)])(
    '%j is refused',
    (pattern) => {
      expect(() => compilePatterns([pattern])).toThrow(expect.objectContaining({ code: 'source.bad-pattern' }));
    },
  );
});

describe('default ignores', () => {
  test.each([
    '.env',
    '.ENV.local',
    'prod.env',
    'server.PEM',
    'tls.key',
    'id_rsa',
    'id_ed25519.pub',
    '.netrc',
    'my.kdbx',
  ])('%s may hold a secret', (name) => expect(ignoredFile(name)?.code).toBe('ignored.secret'));
  test.each(['Thumbs.db', '~$plan.docx', 'notes.md~', 'x.crdownload'])('%s is junk', (name) =>
    expect(ignoredFile(name)?.code).toBe('ignored.junk'),
  );
  test.each(['keys.md', 'environment.txt', 'id_card.pdf', 'a.b.c', 'key', '~notes.md'])('%s is a document', (name) =>
    expect(ignoredFile(name)).toBeNull(),
  );
  test.each([
    ['.git', 'ignored.hidden'],
    ['node_modules', 'ignored.junk'],
    ['.plumbline', 'ignored.home'],
    ['__MACOSX', 'ignored.junk'],
  ])('folder %s: %s', (name, code) => expect(ignoredFolder(name)?.code).toBe(code));
  test('other folders are entered', () => expect(ignoredFolder('policies')).toBeNull());
});

describe('gitignore', () => {
  const chainOf = (files: readonly (readonly [string, string])[]) =>
    files.reduce<GitignoreChain | null>(
      (outer, [base, text]) => ({ base, file: new GitignoreFile(text), outer }),
      null,
    );

  test('the innermost file with a matching rule decides', () => {
    const chain = chainOf([
      ['', '*.log\n/build/\n'],
      ['keep/', '!important.log\n'],
    ]);
    expect(isGitignored('a.log', chain)).toBe(true);
    expect(isGitignored('keep/important.log', chain)).toBe(false);
    expect(isGitignored('keep/other.log', chain)).toBe(true);
    expect(isGitignored('build/', chain)).toBe(true);
    expect(isGitignored('keep/a.md', chain)).toBe(false);
  });

  test('rules of a nested file count from its folder', () => {
    const chain = chainOf([['sub/', '/only-here.md\r\n# comment\n']]);
    expect(isGitignored('sub/only-here.md', chain)).toBe(true);
    expect(isGitignored('sub/deep/only-here.md', chain)).toBe(false);
  });

  test('answers stay the same over more paths than the library may remember', () => {
    const chain = chainOf([['', 'x*.md\n']]);
    for (let index = 0; index < 6_000; index++) expect(isGitignored(`x${index}.md`, chain)).toBe(true);
    expect(isGitignored('y.md', chain)).toBe(false);
  });

  test('a rule made to be slow is not used', () => {
    const chain = chainOf([['', `${'a*'.repeat(30)}b\nplain.md\n`]]);
    expect(isGitignored('a'.repeat(200), chain)).toBe(false);
    expect(isGitignored('plain.md', chain)).toBe(true);
  });
});

describe('printableName', () => {
  test('nothing that could control a terminal or reorder text is left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(printableName(name)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
  test('ordinary names stay as they are', () => {
    expect(printableName('Übersicht (Entwurf) 日本 – 100 %.pdf')).toBe('Übersicht (Entwurf) 日本 – 100 %.pdf');
    expect(printableName('a\u001b[2J\u202Efdp.exe')).toBe('a\\u{1b}[2J\\u{202e}fdp.exe');
  });
});
