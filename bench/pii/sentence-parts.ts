/** Names to draw; the second half of each list is in no lexicon of the detectors. */
export const givenNamesToDraw = words(
  'Anna Peter Maria John Fatima Wei Priya Carlos Olga Kwame Hiroshi Emma Lars Sofia David Grace ' +
    'Thorvald Ysolde Ekundayo Brunhilda Zephyrine Oyelaran Takumi Wenzeslaus Perpetua Ignatz Aurelio Delphina Radomir Ximena',
);
export const surnamesToDraw = words(
  'Smith Müller Rossi Garcia Nguyen Okafor Kowalski Petrov Tanaka Hansen Young Silva Dubois Singh ' +
    "Vandersteen Oyelowo Quillfeather O'Dwyer Brzezicki Thistlewood Achterberg Marchetto Szilagyi Bjornstad Etcheverry Lindqvast",
);
export const placesToDraw = [
  ...words('Berlin Chicago Kenya Lisbon Toronto Sweden Mumbai Texas'),
  'New York',
  'Buenos Aires',
  ...words('Ashbourne Kettleworth Villanova Osterhagen'),
];
export const organisationsToDraw = [
  'Northwind Bank',
  'University of Leeds',
  'Riverside Hospital',
  'Acme Foundation',
  'Blue Harbour Consulting',
];

/** Sentences with slots; some without any, full of capitals that are no names. */
export const sentences: readonly string[] = [
  'My name is {person} and I live in {location}.',
  '{person} works at {organisation} in {location}.',
  'Please send the parcel to {street-address}, thank you.',
  'I live at {street-address} and my number is {phone}.',
  'Hi, this is {given} from {organisation}.',
  'Dear {title} {family}, your order was shipped on {date}.',
  '{title} {person} was born on {born} in {location}.',
  'Can you call {person} at {phone}?',
  '{person}, {age}, moved to {location} last year.',
  'She is {age} years old and {group}.',
  'Kind regards,\n{person}\n{organisation}',
  'The contract between {organisation} and {organisation} ends on {date}.',
  "{person}'s appointment is on {date}.",
  'My zip code is {postcode}, what is the fee?',
  'His driver license number is {driver-licence}.',
  'I met {given} and {given} at the station.',
  'We fly to {location} on {date}.',
  '{person} said that the meeting with {person} was moved.',
  'Is {given} coming to {location} too?',
  'The patient, {title} {family}, is {age} years old.',
  '{organisation} was founded by {person}.',
  'Bill to:\n{person}\n{street-address}',
  'The {group} embassy in {location} is closed.',
  'I work for {organisation}; my boss is {person}.',
  'Thanks, {given}',
  'Send it to:\n{person}\n{street-address}\n\nIt is urgent.',
  'The train from {location} to {location} is late.',
  'The shop on {street} is closed.',
  'Tell {given} that {family} is here.',
  'Has {family} paid yet?',
  'Please change my address to {street-address}',
  'When I was {age} I lived in {location}.',
  'The Annual Report lists Total Revenue and Net Income for the Fourth Quarter.',
  'Open Settings, then choose Privacy Policy and press Save Changes.',
  'How do I reset my Password? The Help Center does not say.',
  'Section 4 of the Agreement covers Limitation of Liability and Force Majeure.',
  'The Quick Start Guide explains Machine Learning and Natural Language Processing.',
  'I would like to cancel my Premium Subscription, please.',
];

function words(text: string): string[] {
  return text.split(' ');
}
