/** Base form, then its irregular forms; only forms that belong to one verb or noun. Common knowledge of English grammar. */
const FORMS = `
buy bought; sell sold; bring brought; think thought; teach taught; catch caught; seek sought; fight fought; begin began begun;
become became; come came; go goes went gone; give gave given; take took taken; make made; know knew known; grow grew grown; show shown;
draw drew drawn; throw threw thrown; fly flew flown; write wrote written; drive drove driven; rise rose risen; choose chose chosen;
speak spoke spoken; break broke broken; win won; lose lost; pay paid; say said; tell told; send sent; spend spent; build built;
lend lent; keep kept; sleep slept; meet met; lead led; hold held; stand stood; understand understood; withdraw withdrew withdrawn;
run ran; eat ate eaten; fall fell fallen; forget forgot forgotten; hide hid hidden; wear wore worn; swear swore sworn; sing sang sung;
swim swam swum; drink drank drunk; sit sat; steal stole stolen; shake shook shaken; undertake undertook undertaken; strike struck;
sink sank sunk; hear heard; feed fed; child children; person people; man men; woman women; foot feet; tooth teeth;
analysis analyses; crisis crises; criterion criteria; phenomenon phenomena; basis bases; hypothesis hypotheses
`;

/** Base forms by irregular form, lower case. */
export function irregularForms(): Map<string, string> {
  const bases = new Map<string, string>();
  for (const line of FORMS.split(/[;\n]/)) {
    const [base = '', ...forms] = line.trim().split(' ');
    for (const form of forms) bases.set(form, base);
  }
  return bases;
}
