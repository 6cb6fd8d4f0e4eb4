import { type BinaryDocument, heading, list, paragraph, table } from './content.ts';

/** Working instruction of the calibration hall. */
export const calibration: BinaryDocument = {
  path: 'engineering/calibration-procedure.docx',
  title: 'Calibration of probes before delivery',
  subtitle: 'Working instruction QA-08, edition 4, in force since 1 May 2025. Owner: Quality Lead.',
  pieces: [
    heading('Scope'),
    paragraph(
      'This instruction applies to every probe that leaves the Porto factory or returns from repair. It does not apply to gateways.',
    ),
    heading('Conditions'),
    paragraph(
      'The calibration hall is kept at 22 degrees Celsius with a tolerance of half a degree. Probes rest in the hall for at least 4 hours before the first measurement. The humidity is between 40 and 60 percent.',
    ),
    heading('Points and tolerances'),
    table(
      [0.22, 0.4, 0.38],
      'Quantity | Reference points | Largest deviation',
      'pH | 4.01, 7.00 and 10.01 | 0.03 pH',
      'Conductivity | 84, 1413 and 12880 µS/cm | 0.8 percent of reading',
      'Turbidity | 0, 10, 100 and 1000 NTU | 2 percent of reading or 0.1 NTU',
      'Dissolved oxygen | 0 and 100 percent saturation | 0.15 mg/l',
      'Temperature | 5, 20 and 35 °C | 0.10 °C',
      'Nitrate | 1, 10 and 50 mg/l | 4 percent of reading',
    ),
    heading('Procedure'),
    list(
      'Scan the serial number; Lockgate loads the firmware and the bench loads the plan.',
      'Rinse the probe three times with deionised water between two solutions.',
      'Wait until the reading has moved by less than 0.2 percent in 60 seconds.',
      'Record three readings per point; the bench computes mean and deviation.',
    ),
    heading('If a probe fails'),
    paragraph(
      'A probe that fails is adjusted and measured again. After the second failure it goes to analysis with a red label. If more than 3 probes of a batch of 50 fail, the whole batch is held and the Quality Lead is informed.',
    ),
    heading('Solutions and references'),
    paragraph(
      'Opened buffer solutions are used for at most 14 days. The reference meters are sent to the national laboratory every 12 months; between those dates they are compared with each other every Monday.',
    ),
    heading('Certificate'),
    paragraph(
      'The certificate is signed electronically by the technician and by a second person who checked the readings. The customer is advised to recalibrate Rill and Weir every 6 months and Estuary every 9 months. A recalibration at our workshop costs EUR 110 per quantity.',
    ),
  ],
};
