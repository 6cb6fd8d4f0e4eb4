import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  applyPrivacy,
  dataClasses,
  type PrivacyAction,
  privacyActions,
  PrivacyBlocked,
  type PrivacyPolicy,
  Pseudonyms,
  PrivacyUnreadable,
  strictestDataClass,
} from '../index.ts';

const EMAIL = 'ada.stone@example.org';
const CARD = '4111 1111 1111 1111';
const message = { role: 'user', content: `Write to ${EMAIL}. Card ${CARD}. Again: ${EMAIL}` };

function policy(personalData: PrivacyAction, rest: Partial<PrivacyPolicy> = {}): PrivacyPolicy {
  return { dataClass: 'internal', personalData, ...rest };
}

async function contentUnder(action: PrivacyAction): Promise<unknown> {
  return (await applyPrivacy([message], policy(action))).messages[0]?.content;
}

describe('the actions', () => {
  it('allow changes nothing and looks for nothing', async () => {
    const screened = await applyPrivacy([message], policy('allow'));
    expect(screened).toMatchObject({ messages: [message], privateOnly: false, spans: [] });
  });

  it('redact leaves typed placeholders that nothing restores', async () => {
    expect(await contentUnder('redact')).toBe('Write to <EMAIL>. Card <PAYMENT_CARD>. Again: <EMAIL>');
  });

  it('pseudonymise gives equal values equal names and restores them', async () => {
    const { messages, pseudonyms, privateOnly } = await applyPrivacy([message], policy('pseudonymise'));
    expect(messages[0]?.content).toBe('Write to <EMAIL_1>. Card <PAYMENT_CARD_1>. Again: <EMAIL_1>');
    expect(pseudonyms.restore('I wrote to <EMAIL_1> (<email_1>), not <EMAIL_2>.')).toBe(
      `I wrote to ${EMAIL} (${EMAIL}), not <EMAIL_2>.`,
    );
    expect(privateOnly).toBe(false);
  });

  it('private-only sends the text as it is, to private models', async () => {
    const screened = await applyPrivacy([message], policy('private-only'));
    expect(screened).toMatchObject({ messages: [message], privateOnly: true });
    expect(screened.spans.map(({ type }) => type)).toEqual(['email', 'payment-card', 'email']);
  });

  it('block refuses, naming kinds and no value', async () => {
    const refused = await applyPrivacy([message], policy('allow', { byType: { 'payment-card': 'block' } })).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(PrivacyBlocked);
    expect(refused).toMatchObject({ code: 'privacy.blocked', details: { counts: { 'payment-card': 1 } } });
    expect(inspect(refused)).not.toContain('1111');
  });

  it('follows exceptions by kind', async () => {
    const screened = await applyPrivacy([message], policy('redact', { byType: { email: 'allow' } }));
    expect(screened.messages[0]?.content).toBe(`Write to ${EMAIL}. Card <PAYMENT_CARD>. Again: ${EMAIL}`);
  });
});

describe('private-only by declaration', () => {
  it('does not depend on what is found', async () => {
    const innocent = { role: 'user', content: 'Nothing to see.' };
    for (const action of privacyActions) {
      const { privateOnly } = await applyPrivacy([innocent], policy(action, { dataClass: 'private' }));
      expect(privateOnly).toBe(true);
    }
    expect((await applyPrivacy([innocent], policy('private-only'))).privateOnly).toBe(false);
  });

  it('is the strictest of what tenant, collection and task declare', () => {
    expect(strictestDataClass(['public', undefined, 'private'])).toBe('private');
    expect(strictestDataClass(['public', 'internal'])).toBe('internal');
    for (const only of dataClasses) expect(strictestDataClass([only])).toBe(only);
    expect(strictestDataClass([undefined])).toBe('internal');
  });
});

describe('messages with parts', () => {
  it('looks into text, tool calls, their results and keys, and leaves the protocol alone', async () => {
    const given = [
      { role: 'user', content: [{ type: 'text', text: EMAIL, providerOptions: { note: { to: EMAIL } } }] },
      {
        role: 'assistant',
        content: [{ type: 'tool-call', toolCallId: 'call-1', toolName: 'send', input: { to: [EMAIL], [EMAIL]: 1 } }],
      },
      {
        role: 'tool',
        content: [{ type: 'tool-result', toolCallId: 'call-1', output: { type: 'json', value: { card: CARD } } }],
      },
    ];
    const { messages, spans } = await applyPrivacy(given, policy('pseudonymise'));
    expect(messages[0]?.content[0]).toMatchObject({ text: '<EMAIL_1>', providerOptions: { note: { to: EMAIL } } });
    expect(messages[1]?.content[0]).toMatchObject({
      toolCallId: 'call-1',
      toolName: 'send',
      input: { to: ['<EMAIL_1>'], '<EMAIL_1>': 1 },
    });
    expect(messages[2]?.content[0]).toMatchObject({ output: { type: 'json', value: { card: '<PAYMENT_CARD_1>' } } });
    expect(spans.map(({ message: index, path }) => `${index} ${path}`)).toEqual([
      '0 content.0.text',
      '1 content.0.input.to.0',
      '1 content.0.input.*',
      '2 content.0.output.value.card',
    ]);
    expect(JSON.stringify(given)).toContain(EMAIL);
  });

  it('keeps what it cannot read private', async () => {
    const parts = [
      { type: 'image', image: new Uint8Array([1]) },
      { type: 'text', text: new Date(0) },
      { type: 'file', data: 'aGVsbG8=', mediaType: 'application/pdf' },
    ];
    for (const part of parts) {
      const { privateOnly } = await applyPrivacy([{ role: 'user', content: [part] }], policy('redact'));
      expect(privateOnly, part.type).toBe(true);
    }
  });

  it('refuses content that is nested beyond reason', async () => {
    let nested: unknown = 'deep';
    for (let depth = 0; depth < 40; depth++) nested = [nested];
    await expect(applyPrivacy([{ role: 'user', content: nested }], policy('redact'))).rejects.toBeInstanceOf(
      PrivacyUnreadable,
    );
  });

  it('stops when the caller stops', async () => {
    const long = { role: 'user', content: 'word '.repeat(10_000) };
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(applyPrivacy([long], policy('redact'), { signal })).rejects.toThrow('enough');
  });
});

describe('pseudonyms', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      EMAIL,
      CARD,
      '<EMAIL_1>',
      '<email_1>',
      '<EMAIL_',
      '<',
      '>',
      'GB82WEST12345698765432',
      '<<PERSON_1>>',
    ),
    fc.emailAddress(),
    fc.webUrl(),
  );
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(' '));

  test('restoring gives back exactly what was pseudonymised', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 3 }), async (texts) => {
        const given = texts.map((content) => ({ role: 'user', content }));
        const { messages, pseudonyms } = await applyPrivacy(given, policy('pseudonymise'));
        expect(messages.map(({ content }) => pseudonyms.restore(content))).toEqual(texts);
        expect(pseudonyms.restoreValue(messages)).toEqual(given);
      }),
    );
  });

  test('a stream, cut anywhere, restores to the same as the whole', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat({ max: 9 })), async (content, sizes) => {
        const { messages, pseudonyms } = await applyPrivacy([{ role: 'user', content }], policy('pseudonymise'));
        const sent = `<EMAIL_1> ${messages[0]?.content ?? ''} <EMAIL_1`;
        const restorer = pseudonyms.restorer();
        let restored = '';
        let at = 0;
        for (const size of sizes) restored += restorer.push(sent.slice(at, (at += size)));
        restored += restorer.push(sent.slice(at)) + restorer.flush();
        expect(restored).toBe(pseudonyms.restore(sent));
      }),
    );
  });

  it('holds back no more than an unfinished pseudonym', async () => {
    const { pseudonyms } = await applyPrivacy([message], policy('pseudonymise'));
    const restorer = pseudonyms.restorer();
    expect(restorer.push('See <EMA')).toBe('See ');
    expect(restorer.push('IL_1> and a < b')).toBe(`${EMAIL} and a < b`);
    expect(restorer.push('<not a pseudonym')).toBe('<not a pseudonym');
    expect(restorer.flush()).toBe('');
  });

  it('escapes values inside JSON', async () => {
    const quoted = { role: 'user', content: 'https://example.org/a"b' };
    const { pseudonyms, messages } = await applyPrivacy([quoted], policy('pseudonymise'));
    expect(JSON.parse(pseudonyms.restore(JSON.stringify(messages[0]), { escape: 'json' }))).toEqual(quoted);
  });

  it('goes on numbering over the steps of one request', async () => {
    const first = await applyPrivacy([message], policy('pseudonymise'), { pseudonyms: new Pseudonyms() });
    const other = { role: 'tool', content: `bob@example.org, then ${EMAIL}` };
    const { messages } = await applyPrivacy([other], policy('pseudonymise'), { pseudonyms: first.pseudonyms });
    expect(messages[0]?.content).toBe('<EMAIL_2>, then <EMAIL_1>');
  });

  it('shows no value when it is printed, logged or serialised', async () => {
    const { pseudonyms, spans } = await applyPrivacy([message], policy('pseudonymise'));
    for (const shown of [inspect(pseudonyms, { depth: 9, showHidden: true }), JSON.stringify({ pseudonyms, spans })]) {
      expect(shown).not.toMatch(/ada\.stone|4111/);
    }
    expect(JSON.stringify(pseudonyms)).toBe('{"pseudonyms":2}');
  });
});
