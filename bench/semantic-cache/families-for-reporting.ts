import type { Family } from './family.ts';

/** What the figures are of. Written after the rules, on other subjects; no rule was changed for them. */
export const familiesForReporting: readonly Family[] = [
  {
    base: 'How many lessons does the beginner course at {p} have?',
    same: [
      'What number of lessons does the beginner course at {p} have?',
      'How many lessons are there in the beginner course at {p}?',
      'Could you tell me how many lessons the beginner course at {p} has?',
      'At {p}, how many lessons does the beginner course have?',
    ],
    different: [
      ['name', 'How many lessons does the beginner course at {P} have?'],
      ['polarity', 'How many lessons does the advanced course at {p} have?'],
      ['tense', 'How many lessons did the beginner course at {p} have?'],
      ['kind', 'How long are the lessons in the beginner course at {p}?'],
      ['scope', 'How many free lessons does the beginner course at {p} have?'],
    ],
  },
  {
    base: 'Who may enter the laboratory after {n} pm?',
    same: [
      'Which person may enter the laboratory after {n} pm?',
      'Who can enter the laboratory after {n} pm?',
      'Who is allowed to enter the laboratory after {n} pm?',
      'After {n} pm, who may enter the laboratory?',
    ],
    different: [
      ['number', 'Who may enter the laboratory after {N} pm?'],
      ['comparison', 'Who may enter the laboratory before {n} pm?'],
      ['negation', 'Who may not enter the laboratory after {n} pm?'],
      ['polarity', 'Who may leave the laboratory after {n} pm?'],
      ['scope', 'Who may enter the library after {n} pm?'],
    ],
  },
  {
    base: 'Did {p} sell its shares in {q} before {d}?',
    same: [
      'Did {p} sell its shares in {q} before {e}?',
      'Before {d}, did {p} sell its shares in {q}?',
      'Did {p} sell its stake in {q} before {d}?',
      'Did {p} sell its shares in {q} prior to {d}?',
    ],
    different: [
      ['roles', 'Did {q} sell its shares in {p} before {d}?'],
      ['polarity', 'Did {p} buy its shares in {q} before {d}?'],
      ['date', 'Did {p} sell its shares in {q} before {D}?'],
      ['comparison', 'Did {p} sell its shares in {q} after {d}?'],
      ['name', 'Did {P} sell its shares in {q} before {d}?'],
    ],
  },
  {
    base: 'What is the cheapest plan with at least {n} users?',
    same: [
      'Which plan with at least {n} users is the cheapest?',
      'What is the cheapest plan with {n} or more users?',
      'What is the cheapest plan with no fewer than {n} users?',
      'Please tell me what the cheapest plan with at least {w} users is.',
    ],
    different: [
      ['number', 'What is the cheapest plan with at least {N} users?'],
      ['comparison', 'What is the cheapest plan with at most {n} users?'],
      ['polarity', 'What is the most expensive plan with at least {n} users?'],
      ['comparison', 'What is the cheapest plan with fewer than {n} users?'],
      ['scope', 'What is the cheapest plan with at least {n} projects?'],
    ],
  },
  {
    base: 'How do I reset the password of a shared mailbox?',
    same: [
      'How can I reset the password of a shared mailbox?',
      'How to reset the password of a shared mailbox?',
      "How do I reset a shared mailbox's password?",
      'What is the way to reset the password of a shared mailbox?',
      'How do you reset the password for a shared mailbox?',
    ],
    different: [
      ['scope', 'How do I reset the password of a personal mailbox?'],
      ['scope', 'How do I find the password of a shared mailbox?'],
      ['kind', 'Who can reset the password of a shared mailbox?'],
      ['negation', 'How do I not reset the password of a shared mailbox?'],
      ['scope', 'How do I reset the password of a shared calendar?'],
    ],
  },
  {
    base: 'Are dogs allowed in the garden of house {n}?',
    same: [
      'Are dogs permitted in the garden of house {n}?',
      'Is it allowed to have dogs in the garden of house {n}?',
      'In the garden of house {n}, are dogs allowed?',
      'May dogs be in the garden of house {n}?',
    ],
    different: [
      ['negation', 'Are dogs not allowed in the garden of house {n}?'],
      ['polarity', 'Are dogs forbidden in the garden of house {n}?'],
      ['number', 'Are dogs allowed in the garden of house {N}?'],
      ['scope', 'Are dogs allowed outside the garden of house {n}?'],
      ['scope', 'Are cats allowed in the garden of house {n}?'],
    ],
  },
  {
    base: 'When will the bridge in {p} reopen?',
    same: [
      'On what date will the bridge in {p} reopen?',
      'When is the bridge in {p} going to reopen?',
      'In {p}, when will the bridge reopen?',
      'Do you know when the {p} bridge will reopen?',
    ],
    different: [
      ['tense', 'When did the bridge in {p} reopen?'],
      ['polarity', 'When will the bridge in {p} close?'],
      ['name', 'When will the bridge in {P} reopen?'],
      ['kind', 'Why will the bridge in {p} reopen?'],
      ['scope', 'When will the tunnel in {p} reopen?'],
    ],
  },
  {
    base: 'Is income above {n} thousand euros taxed?',
    same: [
      'Is income over {n} thousand euros taxed?',
      'Is income of more than {n} thousand euros taxed?',
      'Do you know: is income exceeding {n} thousand euros taxed?',
    ],
    different: [
      ['number', 'Is income above {N} thousand euros taxed?'],
      ['comparison', 'Is income below {n} thousand euros taxed?'],
      ['negation', "Isn't income above {n} thousand euros taxed?"],
      ['scope', 'Is income above {n} thousand pounds taxed?'],
      ['scope', 'Is all income above {n} thousand euros taxed?'],
    ],
  },
  {
    base: 'Why did {p} leave the consortium?',
    same: [
      'For what reason did {p} leave the consortium?',
      'What is the reason that {p} left the consortium?',
      'How come {p} left the consortium?',
      'Why did {p} exit the consortium?',
    ],
    different: [
      ['polarity', 'Why did {p} join the consortium?'],
      ['name', 'Why did {P} leave the consortium?'],
      ['kind', 'When did {p} leave the consortium?'],
      ['negation', 'Why did {p} not leave the consortium?'],
      ['roles', 'Why did the consortium leave {p}?'],
    ],
  },
  {
    base: 'How much water does a {n} week old calf need daily?',
    same: [
      'How much water does a {n} week old calf need every day?',
      'What amount of water does a {n} week old calf need daily?',
      'How much water does a {w} week old calf need per day?',
      'How much water does a {n} week old calf require daily?',
    ],
    different: [
      ['number', 'How much water does a {N} week old calf need daily?'],
      ['scope', 'How much milk does a {n} week old calf need daily?'],
      ['scope', 'How much water does a {n} week old calf need weekly?'],
      ['scope', 'How much water does a {n} month old calf need daily?'],
      ['kind', 'How often does a {n} week old calf need water daily?'],
    ],
  },
  {
    base: 'Which tests are run only on release branches?',
    same: [
      'What tests are run only on release branches?',
      'Which tests are only run on release branches?',
      'Which tests are run exclusively on release branches?',
      'Tell me which tests are run solely on release branches.',
    ],
    different: [
      ['scope', 'Which tests are run on release branches?'],
      ['negation', 'Which tests are not run only on release branches?'],
      ['scope', 'Which tests are run only on feature branches?'],
      ['scope', 'Which tests are skipped only on release branches?'],
      ['tense', 'Which tests were run only on release branches?'],
    ],
  },
  {
    base: 'Has the auditor informed the supplier about finding {n}?',
    same: [
      'Has the auditor notified the supplier about finding {n}?',
      'Has the auditor told the supplier about finding {n}?',
      'Has the auditor informed the supplier of finding {n}?',
    ],
    different: [
      ['roles', 'Has the supplier informed the auditor about finding {n}?'],
      ['number', 'Has the auditor informed the supplier about finding {N}?'],
      ['negation', "Hasn't the auditor informed the supplier about finding {n}?"],
      ['scope', 'Has the auditor informed the customer about finding {n}?'],
      ['tense', 'Will the auditor inform the supplier about finding {n}?'],
    ],
  },
];
