import type { Family } from './family.ts';

/** On these the threshold was chosen and the rules were written; nothing is reported of them. */
export const familiesForChoosing: readonly Family[] = [
  {
    base: 'How many days of annual leave do I get after {n} years?',
    same: [
      'What number of annual leave days do I get after {n} years?',
      'After {n} years, how many days of annual leave do I receive?',
      'Can you tell me how many annual leave days I get after {w} years?',
      'how many days of annual vacation do i get after {n} years',
    ],
    different: [
      ['number', 'How many days of annual leave do I get after {N} years?'],
      ['comparison', 'How many days of annual leave do I get before {n} years?'],
      ['scope', 'How many days of sick leave do I get after {n} years?'],
      ['kind', 'When do I get annual leave after {n} years?'],
      ['negation', 'How many days of annual leave do I not get after {n} years?'],
    ],
  },
  {
    base: 'Who approves expenses over {n} euros in {p}?',
    same: [
      'Which person approves expenses over {n} euros in {p}?',
      'In {p}, who approves expenses over {n} euros?',
      'Who signs off costs above {n} euros in {p}?',
      'Please tell me who authorises expenses of more than {n} euros in {p}.',
    ],
    different: [
      ['number', 'Who approves expenses over {N} euros in {p}?'],
      ['name', 'Who approves expenses over {n} euros in {P}?'],
      ['comparison', 'Who approves expenses under {n} euros in {p}?'],
      ['polarity', 'Who rejects expenses over {n} euros in {p}?'],
      ['scope', 'Who approves travel over {n} euros in {p}?'],
    ],
  },
  {
    base: 'Can contractors work from home?',
    same: [
      'Are contractors allowed to work from home?',
      'Can contractors do their work from home?',
      'May contractors work from home?',
    ],
    different: [
      ['negation', 'Can contractors not work from home?'],
      ['scope', 'Can employees work from home?'],
      ['kind', 'When can contractors work from home?'],
      ['polarity', 'Must contractors work from home?'],
      ['scope', 'Can contractors work from abroad?'],
      ['scope', 'Can only contractors work from home?'],
    ],
  },
  {
    base: 'What was the revenue of {p} on {d}?',
    same: [
      'What was the revenue of {p} on {e}?',
      'On {d}, what was the revenue of {p}?',
      "What was {p}'s revenue on {d}?",
    ],
    different: [
      ['date', 'What was the revenue of {p} on {D}?'],
      ['name', 'What was the revenue of {P} on {d}?'],
      ['polarity', 'What was the loss of {p} on {d}?'],
      ['tense', 'What will the revenue of {p} be on {d}?'],
      ['scope', 'What was the revenue of {p} before {d}?'],
    ],
  },
  {
    base: 'Does {p} supply {q}?',
    same: ['Does {p} provide {q}?', 'I want to know: does {p} supply {q}?'],
    different: [
      ['roles', 'Does {q} supply {p}?'],
      ['name', 'Does {P} supply {q}?'],
      ['negation', 'Does {p} not supply {q}?'],
      ['tense', 'Did {p} supply {q}?'],
    ],
  },
  {
    base: 'What is the maximum temperature for storing vaccine {n}?',
    same: [
      'What is the highest temperature for storing vaccine {n}?',
      'Tell me what the maximum temperature is for storing vaccine {n}.',
    ],
    different: [
      ['polarity', 'What is the minimum temperature for storing vaccine {n}?'],
      ['number', 'What is the maximum temperature for storing vaccine {N}?'],
      ['scope', 'What is the maximum temperature for transporting vaccine {n}?'],
    ],
  },
  {
    base: 'How do I cancel an order?',
    same: [
      'How can I cancel an order?',
      'What is the way to cancel an order?',
      'How to cancel orders?',
      'How do I revoke an order?',
    ],
    different: [
      ['polarity', 'How do I place an order?'],
      ['scope', 'How do I cancel a subscription?'],
      ['kind', 'Why do I cancel an order?'],
      ['polarity', 'How do I undo cancelling an order?'],
    ],
  },
  {
    base: 'Is the invoice due within {n} days or {N} days?',
    same: ['Is the bill due within {n} days or {N} days?'],
    different: [
      ['scope', 'Is the invoice due within {n} days and {N} days?'],
      ['number', 'Is the invoice due within {n} days?'],
      ['polarity', 'Is the invoice overdue within {n} days or {N} days?'],
    ],
  },
  {
    base: 'How long is the warranty on the {p} pump?',
    same: [
      'What is the duration of the warranty on the {p} pump?',
      'For how long is the {p} pump under warranty?',
      'How long is the guarantee on the {p} pump?',
      'Tell me how long the {p} pump warranty is.',
    ],
    different: [
      ['name', 'How long is the warranty on the {P} pump?'],
      ['scope', 'How long is the extended warranty on the {p} pump?'],
      ['scope', 'How long is the warranty on the {p} filter?'],
      ['kind', 'When does the warranty on the {p} pump begin?'],
      ['negation', 'How long is the {p} pump without warranty?'],
    ],
  },
  {
    base: 'Which documents do I need to open a savings account?',
    same: [
      'What documents do I need to open a savings account?',
      'What paperwork is required to open a savings account?',
      'Which documents are required for opening a savings account?',
      'What documents must I have to open a savings account?',
    ],
    different: [
      ['polarity', 'Which documents do I need to close a savings account?'],
      ['scope', 'Which documents do I need to open a current account?'],
      ['negation', 'Which documents do I not need to open a savings account?'],
      ['scope', 'Which documents do I need to open a joint savings account?'],
    ],
  },
  {
    base: 'When does the licence of {p} expire?',
    same: [
      'At what time does the licence of {p} expire?',
      'On what date does the {p} licence expire?',
      "When does {p}'s licence run out?",
      'Do you know when the licence of {p} expires?',
    ],
    different: [
      ['name', 'When does the licence of {P} expire?'],
      ['polarity', 'When does the licence of {p} start?'],
      ['tense', 'When did the licence of {p} expire?'],
      ['kind', 'Why does the licence of {p} expire?'],
      ['scope', 'When does the sub-licence of {p} expire?'],
    ],
  },
  {
    base: 'What is the penalty for paying more than {n} days late?',
    same: [
      'What is the fine for paying more than {n} days late?',
      'What is the penalty for paying more than {w} days late?',
      'What penalty applies for paying over {n} days late?',
      'If I pay more than {n} days late, what is the penalty?',
    ],
    different: [
      ['number', 'What is the penalty for paying more than {N} days late?'],
      ['comparison', 'What is the penalty for paying less than {n} days late?'],
      ['polarity', 'What is the penalty for paying more than {n} days early?'],
      ['scope', 'What is the penalty for paying more than {n} weeks late?'],
      ['polarity', 'What is the discount for paying more than {n} days late?'],
    ],
  },
  {
    base: 'Is the medicine safe during pregnancy?',
    same: [
      'Is the drug safe during pregnancy?',
      'Is it safe to take the medicine during pregnancy?',
      'During pregnancy, is the medicine safe?',
      'Can you tell me: is the medication safe during pregnancy?',
    ],
    different: [
      ['polarity', 'Is the medicine dangerous during pregnancy?'],
      ['scope', 'Is the medicine safe after pregnancy?'],
      ['negation', 'Is the medicine not safe during pregnancy?'],
      ['scope', 'Is the medicine safe during breastfeeding?'],
      ['scope', 'Is the medicine ever safe during pregnancy?'],
    ],
  },
  {
    base: 'How much does shipping from {p} to {q} cost?',
    same: [
      'How much is shipping from {p} to {q}?',
      'What does shipping from {p} to {q} cost?',
      'How much does it cost to ship from {p} to {q}?',
      'Please tell me how much shipping from {p} to {q} costs.',
    ],
    different: [
      ['roles', 'How much does shipping from {q} to {p} cost?'],
      ['name', 'How much does shipping from {P} to {q} cost?'],
      ['name', 'How much does shipping from {p} to {P} cost?'],
      ['kind', 'How long does shipping from {p} to {q} take?'],
      ['scope', 'How much does express shipping from {p} to {q} cost?'],
    ],
  },
  {
    base: 'Were there any complaints about {p} since {d}?',
    same: [
      'Were there any complaints about {p} since {e}?',
      'Since {d}, were there any complaints about {p}?',
      'Have there been any complaints about {p} since {d}?',
      'Were any complaints made about {p} since {d}?',
    ],
    different: [
      ['date', 'Were there any complaints about {p} since {D}?'],
      ['name', 'Were there any complaints about {P} since {d}?'],
      ['comparison', 'Were there any complaints about {p} before {d}?'],
      ['roles', 'Were there any complaints by {p} since {d}?'],
      ['polarity', 'Was there any praise of {p} since {d}?'],
    ],
  },
  {
    base: 'Do part-time employees receive the bonus?',
    same: [
      'Do part-time employees get the bonus?',
      'Do part-time workers receive the bonus?',
      'Do part-time staff receive the bonus?',
      'Is the bonus paid to part-time employees?',
    ],
    different: [
      ['polarity', 'Do full-time employees receive the bonus?'],
      ['negation', "Don't part-time employees receive the bonus?"],
      ['scope', 'Do all part-time employees receive the bonus?'],
      ['scope', 'Do part-time employees receive half the bonus?'],
      ['polarity', 'Do part-time employees lose the bonus?'],
    ],
  },
  {
    base: 'How many samples must be taken per {n} units?',
    same: [
      'What number of samples must be taken per {n} units?',
      'How many samples must be taken per {w} units?',
      'How many samples have to be taken per {n} units?',
      'How many samples are required to be taken per {n} units?',
    ],
    different: [
      ['number', 'How many samples must be taken per {N} units?'],
      ['polarity', 'How many samples may be taken per {n} units?'],
      ['scope', 'How many samples must be rejected per {n} units?'],
      ['comparison', 'How many samples at most must be taken per {n} units?'],
      ['kind', 'How often must samples be taken per {n} units?'],
    ],
  },
  {
    base: 'Who replaced {p} as supplier of {q}?',
    same: [
      'Who substituted {p} as supplier of {q}?',
      'Which person replaced {p} as supplier of {q}?',
      'Tell me who replaced {p} as supplier of {q}.',
    ],
    different: [
      ['roles', 'Who did {p} replace as supplier of {q}?'],
      ['roles', 'Who replaced {q} as supplier of {p}?'],
      ['name', 'Who replaced {P} as supplier of {q}?'],
      ['tense', 'Who replaces {p} as supplier of {q}?'],
      ['scope', 'Who replaced {p} as customer of {q}?'],
    ],
  },
  {
    base: 'Where is the assembly point for building {n}?',
    same: [
      'In what place is the assembly point for building {n}?',
      'Where is the meeting point for building {n}?',
      'Where can I find the assembly point for building {n}?',
      'What is the location of the assembly point for building {n}?',
    ],
    different: [
      ['number', 'Where is the assembly point for building {N}?'],
      ['scope', 'Where is the first aid point for building {n}?'],
      ['kind', 'What is the assembly point for building {n}?'],
      ['scope', 'Where is the old assembly point for building {n}?'],
    ],
  },
  {
    base: 'Why was claim A-{n} rejected?',
    same: [
      'For what reason was claim A-{n} rejected?',
      'Why was claim A-{n} declined?',
      'What is the reason that claim A-{n} was rejected?',
      'Why was claim A-{n} refused?',
    ],
    different: [
      ['number', 'Why was claim A-{N} rejected?'],
      ['polarity', 'Why was claim A-{n} accepted?'],
      ['negation', "Why wasn't claim A-{n} rejected?"],
      ['kind', 'When was claim A-{n} rejected?'],
      ['name', 'Why was claim B-{n} rejected?'],
    ],
  },
  {
    base: 'Can I return opened items within {n} days?',
    same: [
      'Am I allowed to return opened items within {n} days?',
      'Can I return opened items within {w} days?',
      'May I return opened items within {n} days?',
      'Is it possible to return opened items within {n} days?',
    ],
    different: [
      ['number', 'Can I return opened items within {N} days?'],
      ['polarity', 'Can I return unopened items within {n} days?'],
      ['comparison', 'Can I return opened items after {n} days?'],
      ['polarity', 'Must I return opened items within {n} days?'],
      ['scope', 'Can I exchange opened items within {n} days?'],
    ],
  },
  {
    base: 'What is the interest rate if the deposit exceeds {n} thousand dollars?',
    same: [
      'What is the rate of interest if the deposit exceeds {n} thousand dollars?',
      'What interest rate applies if the deposit exceeds {n} thousand dollars?',
      'What is the interest rate if the deposit is more than {n} thousand dollars?',
    ],
    different: [
      ['number', 'What is the interest rate if the deposit exceeds {N} thousand dollars?'],
      ['scope', 'What is the interest rate if the deposit exceeds {n} thousand euros?'],
      ['scope', 'What is the interest rate unless the deposit exceeds {n} thousand dollars?'],
      ['comparison', 'What is the interest rate if the deposit is below {n} thousand dollars?'],
      ['scope', 'What is the interest rate if the loan exceeds {n} thousand dollars?'],
    ],
  },
  {
    base: 'Which servers were restarted on {d}?',
    same: [
      'What servers were restarted on {d}?',
      'Which servers were restarted on {e}?',
      'On {d}, which servers were restarted?',
      'Which servers were rebooted on {d}?',
    ],
    different: [
      ['date', 'Which servers were restarted on {D}?'],
      ['polarity', 'Which servers were shut down on {d}?'],
      ['negation', 'Which servers were not restarted on {d}?'],
      ['comparison', 'Which servers were restarted after {d}?'],
      ['tense', 'Which servers will be restarted on {d}?'],
    ],
  },
  {
    base: 'Does the policy cover damage caused by tenants?',
    same: [
      'Does the policy cover damage that tenants caused?',
      'Does the policy cover harm caused by tenants?',
      'Is damage caused by tenants covered by the policy?',
    ],
    different: [
      ['roles', 'Does the policy cover damage caused to tenants?'],
      ['polarity', 'Does the policy exclude damage caused by tenants?'],
      ['scope', 'Does the policy cover damage caused by landlords?'],
      ['negation', 'Does the policy not cover damage caused by tenants?'],
      ['scope', 'Does the policy cover only damage caused by tenants?'],
    ],
  },
  {
    base: 'How often are the fire extinguishers in {p} checked?',
    same: [
      'How frequently are the fire extinguishers in {p} checked?',
      'How often are the fire extinguishers in {p} inspected?',
      'In {p}, how often are the fire extinguishers checked?',
      'How often does someone check the fire extinguishers in {p}?',
    ],
    different: [
      ['name', 'How often are the fire extinguishers in {P} checked?'],
      ['scope', 'How often are the fire alarms in {p} checked?'],
      ['scope', 'How often are the fire extinguishers in {p} replaced?'],
      ['kind', 'Who checks the fire extinguishers in {p}?'],
      ['tense', 'How often were the fire extinguishers in {p} checked?'],
    ],
  },
  {
    base: 'What is the capital requirement under section 43(2)(a)?',
    same: [
      'Tell me what the capital requirement is under section 43(2)(a).',
      'Under section 43(2)(a), what is the capital requirement?',
      'What capital requirement is there under section 43(2)(a)?',
    ],
    different: [
      ['number', 'What is the capital requirement under section 43(3)(a)?'],
      ['number', 'What is the capital requirement under section 43(2)(b)?'],
      ['number', 'What is the capital requirement under section 34(2)(a)?'],
      ['scope', 'What is the liquidity requirement under section 43(2)(a)?'],
    ],
  },
];
