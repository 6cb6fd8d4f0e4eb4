import { type BinaryDocument, heading, list, paragraph, table } from './content.ts';

/** The guide for newcomers; contradicts the equipment policy on the age of laptops. */
export const itOnboarding: BinaryDocument = {
  path: 'people/it-onboarding-guide.docx',
  title: 'IT onboarding guide',
  subtitle: 'For new colleagues and their managers. IT Service Desk, edition of January 2026.',
  pieces: [
    paragraph(
      'Welcome to Tarnholt Instruments. This guide takes you through your first two weeks with our equipment and systems.',
    ),
    heading('Before the first day'),
    paragraph(
      'The manager orders equipment in Beacon at least 10 working days before the first day. Orders that arrive later are met from the pool of used devices.',
    ),
    heading('Day one'),
    list(
      'Collect your laptop and badge at the service desk between 08:30 and 10:00.',
      'Set up your passkey in Gatehouse with the activation code, which is valid for 3 days.',
      'Connect to the network “tarnholt-staff”. At home, start Culvert, our secure tunnel, before opening internal systems.',
    ),
    heading('Your laptop'),
    paragraph(
      'The standard laptop has 32 gigabytes of memory and runs Linux or Windows, as you choose. Laptops are replaced every 36 months; you will receive a message from the service desk six weeks before.',
    ),
    paragraph(
      'Files on the desktop are not backed up. Save your work in Reservoir, which keeps deleted files for 45 days.',
    ),
    heading('Systems you will meet'),
    table(
      [0.22, 0.48, 0.3],
      'System | What it is for | Who helps',
      'Gatehouse | Signing in and requesting rights | extension 5500',
      'Roster | Leave, time, personal data | People team',
      'Tally | Expense claims and trips | Finance Operations',
      'Beacon | Tickets for IT, safety and customers | IT Service Desk',
      'Reservoir | Shared files and backups | IT Service Desk',
      'Signet | Electronic signatures | Legal',
      'Ledgerhall | Orders and invoices of suppliers | Purchasing',
    ),
    heading('Compulsory courses'),
    paragraph(
      'The security course of 50 minutes is taken in the first week, the data protection course of 35 minutes in the first month. Without the security course access to Millpond is closed on day 10. Factory staff take the clean-room induction as well.',
    ),
    heading('Printing'),
    paragraph(
      'Printers release a job when you hold your badge to them. Jobs that are not released within 12 hours are deleted. Colour printing is charged to the team at EUR 0.07 per page.',
    ),
    heading('Getting help'),
    paragraph(
      'The IT Service Desk is open from 07:00 to 18:30 Central European Time on working days. Outside these hours only outages that stop production are handled. Half of all requests are solved within 2 hours.',
    ),
  ],
};
