import { fold, isOrdinaryWord, nationalities } from './lexicon.ts';

/** Words of headings, products, laws and buttons, which are written with capitals and name nobody. */
const words = new Set(
  (
    'access action activity agreement advanced advice analysis annual app application artificial asset audit authority award balance ' +
    'basic benefit benefits board body book browser budget business cancel care case center centre certificate change chief claim class ' +
    'clause cloud code collection comment committee community company complete condition conditions conference confidential confirmation ' +
    'console content contract control copy cost council country course court cover create crime culture current customer daily dashboard ' +
    'data database day deadline debit decision default delivery description design desktop details development device digital direct ' +
    'disclosure discount document domain download draft early economic edition education electronic employment engine enterprise ' +
    'environment error estate event evidence exchange executive express external fact family fee feedback field file final financial fixed ' +
    'folder force form free full function fund future game general getting global gold government green guide handbook health help high ' +
    'history holiday home house human income index industry information initial input insurance intelligence interest interface internal ' +
    'international internet invoice issue item job journal key knowledge labor labour language law learning legal letter level liability ' +
    'library limit limitation limited line link list live loan local login long low machine magazine main majeure management manual map ' +
    'market marketing master material maximum media medical member membership menu merger message method minimum minister minute mobile ' +
    'mode model modern money monthly mortgage national natural net network neural news night nobel notes notice offer officer online ' +
    'open operating operation option options order original output package panel password patent peace period personal plan platform ' +
    'policy political power practice premium press price prime principle prize privacy private process processing product profile program ' +
    'programme project property protection provider public purchase quality quarter question quick quote rate rates reference refund ' +
    'region register registration regulation release report request required research reserve resource response result return revenue ' +
    'review right rights risk rule rules safety sale sales sample saving savings schedule school science search secretary secure security ' +
    'select senior series server service services session settings share shareholder short sign silver site social software source space ' +
    'special staff standard start state statement status stock storage store strategy student study style subject subscription summary ' +
    'supply support supreme survey sustainability system systems task tax technical technology term terms test theory third thank title ' +
    'token tool total track trade trading traffic training transaction transfer transport treaty trust type union unit universal update ' +
    'usage use user value vehicle version video view virtual voice volume war warranty water web website weekly white wide window wireless ' +
    'word work workplace world year yearly zone act amendment constitution appendix beta alpha first second fourth fifth north south east ' +
    'west northern southern eastern western old new great grand upper lower saint mount river lake sea ocean island bay gulf football ' +
    'baseball basketball cup league olympic olympics games festival christmas easter thanksgiving eve party democratic republican ' +
    'windows office excel outlook chrome linux android python java javascript iphone ipad macbook galaxy playstation xbox'
  ).split(' '),
);

/** Whether a capital on the word tells nothing: it is one of headings, or a nationality. */
export function isTitleWord(word: string): boolean {
  const folded = fold(word);
  return words.has(folded) || words.has(folded.replace(/s$/, '')) || nationalities.has(folded) || isOrdinaryWord(word);
}
