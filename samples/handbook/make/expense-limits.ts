import { type BinaryDocument, heading, list, pageBreak, paragraph, table } from './content.ts';

/** Three pages with five tables: what grades may spend, and what the company pays towards benefits. */
export const expenseLimits: BinaryDocument = {
  path: 'finance/expense-limits-and-benefits.pdf',
  title: 'Expense limits and benefit rates',
  subtitle: 'Valid from 1 January 2026. Owner: Chief Financial Officer. Tarnholt Instruments.',
  pieces: [
    heading('1 Purpose'),
    paragraph(
      'This document holds the figures that the policies on travel, expenses and people refer to. It is revised each January. Where a policy and this document differ, this document decides for amounts and the policy decides for procedure.',
    ),
    heading('2 Hotel ceilings by grade'),
    paragraph(
      'The ceiling is per night, with tax and without breakfast. City group A is Geneva, London, Singapore and Tokyo. City group B is Amsterdam, Bergen, Copenhagen, Houston and Munich. All other places are in city group C.',
    ),
    table(
      [0.31, 0.23, 0.23, 0.23],
      'Grade | Group A | Group B | Group C',
      'G1 to G3 | EUR 185 | EUR 148 | EUR 112',
      'G4 to G5 | EUR 205 | EUR 164 | EUR 126',
      'G6 | EUR 235 | EUR 188 | EUR 144',
      'G7 | EUR 280 | EUR 220 | EUR 170',
    ),
    paragraph(
      'During a trade fair at which Tarnholt exhibits, the ceiling of the place is raised by 35 percent for those who work at the stand.',
    ),
    heading('3 Entertaining customers'),
    paragraph(
      'The limit is per person and meal, drinks included. The names of the organisations present and the purpose are entered in the claim. More than eight participants need the approval of the department head beforehand.',
    ),
    table(
      [0.31, 0.23, 0.23, 0.23],
      'Grade | Lunch | Dinner | Per quarter',
      'G1 to G3 | EUR 30 | EUR 48 | EUR 350',
      'G4 to G5 | EUR 38 | EUR 65 | EUR 900',
      'G6 | EUR 45 | EUR 82 | EUR 2,100',
      'G7 | EUR 55 | EUR 105 | EUR 4,800',
    ),
    pageBreak,
    heading('4 Pension contributions by age'),
    paragraph(
      'The company pays a contribution into the pension plan of the country. The employee chooses an own contribution; the company matches up to the figure in the last column. The age is that on 1 January.',
    ),
    table(
      [0.34, 0.33, 0.33],
      'Age | Company contribution | Matched in addition, up to',
      'under 30 | 6.0 percent of salary | 2.0 percent',
      '30 to 39 | 7.5 percent of salary | 2.5 percent',
      '40 to 49 | 9.0 percent of salary | 3.0 percent',
      '50 to 59 | 11.0 percent of salary | 3.5 percent',
      '60 and over | 12.5 percent of salary | 4.0 percent',
    ),
    paragraph(
      'Membership begins on the first day of employment. Contributions vest immediately, except the matched part, which vests after 24 months of service. A change of the own contribution takes effect on the first day of the next quarter.',
    ),
    heading('5 Health insurance'),
    paragraph(
      'The company pays a supplement to the statutory health insurance. The supplement is paid monthly and ends with the month in which employment ends.',
    ),
    table(
      [0.4, 0.2, 0.2, 0.2],
      'Cover | Netherlands | Portugal | United Kingdom',
      'Employee only | EUR 62 | EUR 48 | EUR 71',
      'Employee and partner | EUR 95 | EUR 77 | EUR 118',
      'Family with children | EUR 127 | EUR 103 | EUR 156',
    ),
    paragraph(
      'Dental treatment is covered at 75 percent up to EUR 850 per person and calendar year. Glasses for work at a screen are reimbursed up to EUR 240 every two years on prescription. Hearing aids are not covered.',
    ),
    heading('6 Life and accident insurance'),
    paragraph(
      'Every employee is insured for three annual salaries in the event of death and for five annual salaries in the event of complete disability caused by an accident. The insurance covers private life as well as work.',
    ),
    pageBreak,
    heading('7 Other allowances'),
    table(
      [0.4, 0.25, 0.35],
      'Allowance | Amount | Condition',
      'Shift work, late | EUR 14 per shift | Shift ends after 20:00',
      'Shift work, night | EUR 29 per shift | At least 3 hours after 23:00',
      'Weekend stand-by, Porto | EUR 85 per day | Maintenance crew only',
      'Language course | EUR 600 per year | Dutch, Portuguese or English',
      'Sports club | EUR 22 per month | Receipt of membership',
      'Relocation between offices | EUR 7,500 once | At the request of the company',
      'Long service, 10 years | EUR 1,000 once | Paid in the month of the anniversary',
      'Long service, 20 years | EUR 2,500 once | Paid in the month of the anniversary',
    ),
    paragraph(
      'Someone who moves from one office to another at the company’s request also receives temporary housing for up to 10 weeks and two days of paid leave for the move.',
    ),
    heading('8 Approval of exceptions'),
    list(
      'An expense up to 10 percent above a limit is approved by the line manager.',
      'An expense up to 30 percent above a limit is approved by the department head.',
      'Everything beyond is approved by the Chief Financial Officer before the money is spent.',
    ),
    paragraph(
      'Exceptions are published without names in the yearly report of Finance Operations. In 2025 there were 41 exceptions with a total of EUR 6,380.',
    ),
    heading('9 Changes from 2025'),
    list(
      'Hotel ceilings in group A were raised by EUR 15.',
      'The supplement for families in Portugal rose from EUR 96 to EUR 103.',
      'The sports club allowance was introduced.',
    ),
  ],
};
