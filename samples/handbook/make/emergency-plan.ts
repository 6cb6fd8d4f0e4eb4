import { type BinaryDocument, heading, list, paragraph, table } from './content.ts';

/** Two pages for the factory: alarms, roles, hazardous substances. */
export const emergencyPlan: BinaryDocument = {
  path: 'facilities/emergency-plan-porto.pdf',
  title: 'Emergency plan of the Porto factory',
  subtitle: 'Edition 6, September 2025. Owner: Health and Safety Lead. Tarnholt Instruments.',
  pieces: [
    heading('1 Alarm signals'),
    table(
      [0.4, 0.6],
      'Signal | Meaning',
      'Continuous siren | Leave the building by the nearest exit',
      'Siren in pulses of 2 seconds | Chemical release: close windows, leave upwind',
      'Three short tones | First aid needed, first aiders to the display',
      'Voice announcement | Follow the instruction, no test',
    ),
    paragraph('The sirens are tested on the first Monday of each month at 11:00. No one needs to react to the test.'),
    heading('2 Leaving the building'),
    list(
      'Stop the machine with the red button. Leave tools and bags.',
      'Do not use the lifts. Help visitors, who wear yellow badges.',
      'Halls 1 and 2 assemble at the car park east, hall 3 and the offices at the car park west.',
      'The shift lead counts the people with the list at the exit and reports to the Evacuation Lead within 5 minutes.',
    ),
    paragraph(
      'Nobody goes back before the Evacuation Lead gives the all-clear by megaphone. An evacuation drill takes place in April and in October; the target is 4 minutes 30 seconds. In October 2025 the building was empty after 5 minutes 10 seconds.',
    ),
    heading('3 Roles in each shift'),
    table(
      [0.3, 0.22, 0.48],
      'Role | Number | Task',
      'Evacuation Lead | 1 | Decides, speaks to the fire brigade, wears the white helmet',
      'Fire wardens | 4 | Check the rooms of their zone, close doors, wear orange vests',
      'First aiders | 6 | Care for the injured, bring the defibrillator from the gatehouse',
      'Technician on duty | 1 | Switches off gas, compressed air and the solvent line',
    ),
    heading('4 Hazardous substances'),
    paragraph(
      'Safety data sheets hang at the entrance of each hall. The emergency showers are checked weekly. The largest amounts that may be stored are:',
    ),
    table(
      [0.36, 0.22, 0.42],
      'Substance | Limit | Place',
      'Isopropanol | 200 litres | Fire-proof cabinet, hall 2',
      'Hydrochloric acid, 10 percent | 60 litres | Acid cabinet, calibration hall',
      'Formazin suspension | 25 litres | Refrigerator, calibration hall',
      'Potassium chloride solution | 400 litres | Electrolyte store, hall 1',
      'Nitrogen, compressed | 12 bottles | Cage outside the west wall',
    ),
    paragraph(
      'If more than 5 litres of acid are spilled, leave the hall and trigger the chemical alarm. Smaller amounts are taken up with the green binding agent from the yellow boxes, by people who have been trained, with gloves and face shield.',
    ),
    heading('5 Power failure'),
    paragraph(
      'The emergency generator starts within 15 seconds and supplies the lights, the ventilation of the calibration hall and the servers for 8 hours. The production lines are not supplied. After 40 minutes without power the shift lead may send the shift home with pay.',
    ),
    heading('6 Flood'),
    paragraph(
      'At a river level of 4.2 metres the barriers at the goods gate are set. At 4.8 metres production stops and pallets are moved to the upper floor. Facilities watches the level through our own Weir probe at the bridge.',
    ),
    heading('7 After an emergency'),
    paragraph(
      'The Evacuation Lead writes a report within 3 days. Only the Communications Lead speaks to the press. Counselling is offered to all who were affected, paid by the company, up to 10 sessions.',
    ),
  ],
};
