/**
 * Sentences with slots for training: letters, forms, talk with a help desk, news, biographies, notes; `(a|b)` is one of the two. Written
 * for this project; none is taken from an evaluation set.
 */
export const trainingSentences: readonly string[] = lines(`
(Hi|Hello|Hey|Good morning|Dear) {given}, (can we|could we|shall we) (talk|meet) (tomorrow|on {date}|next week)?
(Dear|Hello) {title} {family}, (we have received your letter|your parcel is on its way|your account is ready).
(Thanks|Best|Cheers|Regards|Best regards|Kind regards|Sincerely|Yours truly), {person}
(Thanks|Best regards|Sincerely|Yours),\\n{person}
(Best regards|Sincerely),\\n{person}\\n{organisation}\\n{phone}
{person}\\n{address}\\n{phone}
{person}\\n\\n{address}\\n\\n{location}\\n{phone} (office|home|mobile|fax)
{organisation}\\n{person}\\n{address}
{title} {person}\\n{address}
(Sender|Recipient|From|To|Address|Return address|Billing address|Contact details)(:|)\\n{person}\\n{address}
(Sender|Recipient|Address|My address|Our address|Delivery address|Write to us)(:|)\\n{address}
(I|We) (moved|live here now)(:|.) (My|Our) address (is|):\\n{address}
{email}\\n{phone}\\n{address}
{person}, {organisation}\\n{address}\\n{url}
{person}\\n{address}
{person}\\n{organisation}\\n{address}\\n{location}
{organisation}\\n{address}\\nPhone: {phone}
Name: {person}\\nAddress: {address}\\nTelephone: {phone}
Name: {person}, (born|date of birth) {date}, (from|of) {location}
Customer: {person}\\nCity: {location}\\nDate: {date}
Full name: {person}; nationality: {group}; (employer|company): {organisation}
First name: {given}\\nLast name: {family}\\nCountry: {location}
Contact: {person} ({phone})
To: {person}\\nFrom: {person}\\nSubject: (Meeting|Invoice|Your order|Holiday plans)
(Ship|Bill|Send|Deliver) to {address}
(Ship|Bill) to:\\n{person}\\n{address}
(Please|Kindly) (deliver|send|ship|forward|post) (it|the parcel|everything|the documents) to {address}(.|, thanks.| by {date}.)
(Our|My|The|Her|His) (new|old|home|work|office|current|mailing|billing) address is {address}(.|)
(I|We) (moved|have moved|are moving|just moved) to {address}(.| last month.)
(We|They|My parents) (live|lived|used to live|have lived) (at|on) {address}(.| for years.| since {date}.)
(He|She|My aunt) lives at {address} in {location}.
The (shop|office|clinic|restaurant|house|warehouse|party|meeting) is at {address}(.| on {date}.|, next to the station.)
(Can|Could) (you|the driver) (pick me up|collect the box|come) (at|from) {address}?
(Meet|See) (me|us) (at|in front of) {address}(.| at noon.)
(Well|So|Now), is {address} (still|now) the (right|correct) address for {person}?
{organisation} is (located|based) at {address}.
(The|Our) (headquarters|head office|branch) of {organisation} (is|are) at {address}.
(Update|Correct|Replace) the (address|delivery address) of {person} (to|with) {address}
(What|Which) bus goes to {address}?
(The fire|An accident|The burglary) at {address} was reported (by {person}|on {date}).
Where is {address}?
How do I get (to|from) {address} (by bus|on foot|from here)?
The invoice (goes|went) to {address}, not to {address}.
My name is {person}(.|, and I need help.| and I am calling from {location}.)
(I am|I'm|This is) {person}(.| from {organisation}.| from {location}.| and I am {age} years old.)
(They call|You can call) me {given}.
(Her|His|Their) name (is|was) {person}.
(My|Our) (sister|brother|mother|father|wife|husband|son|daughter|friend|neighbour|boss|colleague|doctor|teacher|landlord) {person} (lives in {location}|works for {organisation}|is {age}|called me yesterday|was born in {location}).
(My|Our) (daughter|son|uncle|cousin) is called {given}.
{person} (lives|lived|grew up|was raised|was born|studied|died|retired|stayed|settled) in {location}(.| in {date}.)
{person} (works|worked|is working) (for|at|with) {organisation}(.| in {location}.| as an engineer.)
{person} (joined|left|founded|bought|sued|leads|runs|represents|advises|owns) {organisation}(.| in {date}.)
{person} (is|was) (the (chief executive|founder|president|owner|chair|director|head|manager)|a (partner|director|nurse|lawyer|teacher)) (of|at) {organisation}.
{organisation}'s (founder|director|owner|president|spokesman), {person}, (spoke|resigned|declined to comment) on {date}.
{person} (married|met|knew|divorced|hired|helped|thanked|visited|replaced|succeeded|beat) {person}(.| in {location}.| in {date}.)
{person} and {person} (are|were) (friends|married|siblings|neighbours|partners)(.| from {location}.)
{person}, {person} and {person} (will come|have agreed|were there|played well).
{person} (said|says|told us|wrote|announced|explained|thinks|believes) that (the plan works|prices will rise|nothing happened).
"(We are glad|It was hard|I will be back)," (said|added) {person}(.|, who lives in {location}.)
(Ask|Tell|Call|Email|Remind|Invite|Contact|Pay|Thank|Help) {person} (about it|before noon|again|on {date}|at {phone}|please).
(Is|Was|Has|Does|Did|Can|Will|Should) {person} (here|coming|at home|paid|know|answer|come back)?
(Have|Did) you (seen|met|called|heard from|asked|know) {person}(?| lately?| yet?)
(Who|What|Where|When) (is|was) {person}?
When (was|did) {person} (born|die|join {organisation}|move to {location})?
Why (did|does|is) {person} (leave|like {location}|late)?
How (old|tall|rich|busy) is {person}?
(I|We) (saw|met|know|love|miss|invited|trust|hired|married) {person} (at the station|in {location}|last summer|very much).
(I|We) (spoke|talked|worked|travelled|lived|played|studied|agreed) with {person} (on {date}|about the bill|in {location}|yesterday).
(A|The) (letter|gift|call|message|book|song|photo|note|complaint|e-mail) (from|by|for|to|about) {person} (arrived|was lost|came on {date}|made me smile).
(The|This) (novel|film|album|painting|poem|symphony|play|paper|series) (is|was) (written|made|directed|painted|composed|produced|released) by {person}(.| in {date}.)
(Please|Could you) (transfer|move|send) {amount} to {person}(.|, account {number}.|'s account.)
{person}'s (account|card|car|phone|house|birthday|passport|appointment|salary|mother|dog|name) (is|was) (blocked|new|on {date}|lost|here).
(The|Our) (patient|client|customer|tenant|student|driver|applicant|witness|winner|suspect), {person}(, {age}|), (arrived|has left|was late|signed the form|agreed).
(Patient|Client|Applicant|Employee|Member) {person} (was admitted|reported pain|has a fever|applied) on {date}.
{title} {person} (will see you|is your doctor|examined the patient|signed the letter).
{title} {family} (called|is out|teaches here|lives in {location}|from {organisation} called).
(I have|She has) an appointment with {title} {family} (on {date}|at {organisation}).
{person} ({age}) (won|lost|finished third|scored twice).
{person}, {age}, (of|from) {location}, (was arrested|won the lottery|is missing|has died).
{person} (born {date} in {location}) (is|was) a {group} (painter|singer|actor|writer|politician|player).
{person} is a {group} (citizen|national|student|chef) (living in {location}|working for {organisation}).
(Is|Are) (your|the) (manager|boss|sister|owner) {group}?
{given} (is|was) (here|late|ill|my best friend|not amused|the new one).
{given} and {given} (broke up|came along|went to {location}|are twins).
(I think|Maybe|Perhaps|Sorry,) {given} (forgot|will know|is right|has it).
Happy birthday, {given}!
{given} and {given} (came|left|will be there|live in {location}|say hello|work for {organisation}).
{given}, {given} and {given} (came|left|are here|went to {location}|agree).
(My friends|The twins|The kids|Our neighbours|Only|Both|With|Between) {given} and {given} (came along|know|are late|slept)(.|)
(Hi|Hello|Dear) {given} and {given},
{family} and {family} (argued|agreed|were elected|wrote the paper)(.| in {date}.)
{given} & {given}
(with|for|by|to) {person} and {person}
(Good luck|Well done|Thank you|Congratulations|Welcome|Goodbye), {given}!
No, {given}, (that is wrong|not today|I did not).
{given}, (where are you|please call me|can you help|look at this)?
(Oh|Hey|Listen), {given}, (have you heard|did you call {given})?
{family} (scored|argued|resigned|wrote the report|disagreed) (in {date}|twice|again).
(According to|As) {family}, (the risk is low|it was late).
(Judge|President|Senator|Captain|Professor|Chancellor|Coach|Detective|Sergeant|Officer|Minister|Mayor|Queen|King|Pope|Saint) {person} (spoke|arrived|decided|was absent).
(Actor|Singer|Author|Designer|Engineer|Striker|Lawyer) {person} (moved to {location}|joined {organisation}).
(I|We) (live|lived|work|grew up|stayed|stopped|met) (in|near|outside) {location}(.| for years.| with {given}.)
(I am|We are|She is|They are) (in|from|near|leaving|visiting) {location} (now|today|until {date}|this week|with {given}).
(I|We) (fly|flew|travelled|drove|moved|went|came|walked) (to|from) {location}(.| on {date}.| last week.| to {location}.)
(The|A) (train|flight|bus|ferry|road|trip) (from|to) {location} (is late|was cancelled|takes hours|leaves at noon).
(The|Our) (train|flight|trip) from {location} to {location} (is late|was fine|took all day).
(How|What) is the (weather|time|food|rent|mood) (like |)in {location}(?| today?| in {date}?)
(Which|What) (hotels|museums|restaurants|banks|schools) are there in {location}?
(Does|Do) (the store|{organisation}|you) (have|open) (a branch|an office|shops|anything) in {location}?
(The|A) (mayor|people|city|streets|port|government|capital|history|airport|president|embassy|museums|north|south|coast|population) of {location} (is|was|are) (big|near|old|beautiful|angry).
{location} (is|was) (a|the|my) (city|town|country|home|place) (in|near|of) {location}.
{location} (is|was) (beautiful|cold|far away|expensive|too hot|crowded) (in {date}|this year|at night).
{location} (beat|lost to|borders|attacked|joined|signed a treaty with) {location}(.| in {date}.)
(I love|We miss|They left|She knows|Have you seen) {location}.
(My|Our) (flat|house|office|family|school|team|roots) (is|are) (in|from) {location}.
{location}, {location}: (floods|two people were hurt|rain is expected|markets fell).
(Greetings|Postcards|News|Hello) from {location}!
(Exports|Taxes|Wages|Prices|Schools) in {location} (rose|fell|are high) in {date}.
(We|They) deliver to {location}, {location} and {location}.
(Born|Raised|Living|Based) in {location}, {person} (is|was) a (teacher|doctor|painter).
(I|We) (work|worked|am working|applied|interned) (for|at|with) {organisation}(.| in {location}.| since {date}.)
(I|We) (bought|sold|returned|ordered|got) (it|the phone|these|shoes|a sofa) (at|from|through) {organisation}(.| on {date}.)
(I|We) (bank|am insured|have an account|study|train) (at|with) {organisation}.
{organisation} (announced|reported|acquired|sued|hired|fired|merged with|opened|closed|recalled|launched|said|denied|paid|offers|sells|makes) (a new product|losses|its plans|{organisation}|staff|shops in {location}|it|cars).
{organisation} (is|was) (a|the) ({group}|large|small|new) (company|bank|firm|charity|airline|publisher|school|band) (in|from|based in) {location}.
(The|A) (shares|profits|workers|staff|website|board|customers|products|offices|lawyers|owners) of {organisation} (rose|fell|met|complained|are fine).
(Shares|Sales|Jobs|Prices|Workers|Customers) (of|at) {organisation} (fell|rose|were cut) on {date}.
(Who|What) (is|owns|runs|founded|leads) {organisation}?
(Has|Is|Does|Did|Will) {organisation} (open|answered|hiring|deliver|pay|in trouble) (today|yet|here|on time)?
(Call|Email|Ask|Contact|Sue|Tell|Try|Visit) {organisation} (at {phone}|about the invoice|before {date}|in {location}).
(The|This|Our) (contract|deal|letter|invoice|agreement|lawsuit|meeting) (with|from|between|by) {organisation} (and {organisation}|) (expires on {date}|was signed|is void|is in the folder).
(Invoice|Statement|Receipt|Offer) from {organisation}, {address}
(Our|Their|My) (bank|supplier|insurer|landlord|employer|partner|agency|competitor|lawyer) (is|was) {organisation}.
(A|The) {organisation} (manager|employee|spokesman|van|store|card|account|driver|voucher|app) (called|was late|is broken|told me so).
(He|She|{person}) (resigned from|studied at|retired from|graduated from|donates to|plays for|interned at|is a member of) {organisation}.
(Both|Neither) {organisation} (and|nor) {organisation} (answered|agreed|pays well).
(Welcome|Complaints|Visitors|Donations) to {organisation}(!|.| in {location}.)
{organisation} and {organisation} (will merge|compete|settled|share an office) (in {location}|in {date}|).
(The|Every|One) {group} (passport|embassy|ambassador|food|language|government|team|student|bank) (is|was) (here|in {location}|hard to learn|strict).
(I am|She is|He is|They are|Are you) {group}(.|?| and {group}.| but live in {location}.)
(My|His) (phone|number|mobile) is {phone}(.|, ask for {given}.)
(Call|Text|Ring|Reach) (me|us|{person}|{organisation}) (on|at) {phone}(.| before {date}.)
(My|The) (email|mail|address) is {email}(.|, {person}.)
(My|The) card {number} (was|is) (lost|stolen|blocked)(.| in {location}.| at {organisation}.)
(I|We) (was|were) (charged|billed) {amount} (by {organisation}|on {date}|twice)(.| in {location}.)
(The|A) (payment|transfer|refund) of {amount} (to|from) ({person}|{organisation}) (failed|is missing|arrived on {date}).
(Order|Ticket|Invoice|Case|Policy) {number} (is|was) (closed|late|paid)(.| by {person}.)
Room {number}, (second|third) floor, (ask for|see) {given}.
Version {number} (adds|fixes) (two things|a bug).
Call {number} times if you must.
(My zip code is|Postcode|Zip) {number}(.|, near {location}.)
(On|Since|Until|Before|After) {date}, {person} (lived in {location}|worked for {organisation}|was away).
(In {date}|Today|Yesterday|Last year) {organisation} (moved|opened an office|hired {person}) (in|to) {location}.
(In|Near|Outside|Around) {location}, (prices|people|roads|things) (are|were) (low|better|busy).
(From|Via) {location} (it|the road) (is|was) (far|an hour).
(Two|Three|Some|Many) (people|workers|students) (from|of) {location} (met|called|helped) {person}.
(The|A) {location} (native|resident|native and {organisation} fan|office|branch|flight|police|team) (won|was late|is full).
(The|A) man (named|called) {person} (asked|called) (for {person}|about {organisation}|from {location}).
{person} -- {organisation} -- {location}
{person} | {title} | {organisation} | {phone}
{person}: (Where are you?|I agree.|See you in {location}.)
[{date}] {person}: (thanks|on my way to {location})
{number}. {person}, {location}
{number}. {organisation}, {address}
- {person} (chair)\\n- {person}\\n- {person} (minutes)
(Present|Attending|Absent): {person}, {person}, {person}
(Author|Editor|Translator|Chair|Agent|Seller|Buyer|Tenant|Landlord|Witness|Signed|Owner|Guest|Passenger|Owner|Insured): {person}
(City|Town|Place|Country|Location|Destination|Birthplace|State): {location}
(Company|Employer|Vendor|Supplier|Client|Organisation|School|Bank): {organisation}
(Address|Street|Residence|Home|Premises|Site|Deliver to|Location): {address}
(I|She) (read|heard|watched|cited) {person}'s (book|speech|film|study) (in {location}|on {date}|again).
(The {family} family|The {family}s) (moved|owns a farm|came) (to {location}|in {location}|).
(His|Her) (full name|real name|maiden name|nickname) is {person}.
(Maria|John), (meet|this is) {person}.
(Fans|Critics|Friends|Members) of {person} (cheered|agree|met in {location}).
(Can|May) I speak (to|with) {person}(?|, please?)
(Who|Which of you) (knows|called|has seen|invited) {person}?
(Is this|Am I speaking to) {person}?
(I'd|I would) like to (speak to|book|see|visit|cancel with|thank) {person}(.| at {organisation}.)
(I'd|I would) like to (order|return|cancel|reserve|change) (it|a table|my ticket|the booking) (at|from|with) {organisation}(.| in {location}.)
(Please|Do) (add|remove|include|invite|copy|notify) {person} (and {person}|) (to|from|on|in) (the list|the thread|the account|the policy).
{person} will be (in|at) {location} (from|until) {date}.
{person} has (two|three) (children|houses|jobs) in {location}.
{person} bought {organisation} (shares|for {amount}).
{person} of {organisation} (signed|refused|called).
{person} from {location} (wrote|asked|won).
{person} for {person}: (out of office|back on {date}).
{person} sang (with|for) {person} at {organisation}.
{person} (@ {organisation})
(My|The|His) (SSN|social security number) is {ssn}(.|, {person}.)
(The|My) (server|IP address|router|host) (is|was) {ip}(.| in {location}.)
(See|Visit|Read) {url} (for more|or call {phone})(.|, {given}.)
{person}\\n{address}\\n{location}\\n{phone}
{phone} {person} {email}
(The|Mr) (speaker|chair): {title} {family}.
`);

/** Sentences full of capitals in which there is nothing to find. */
export const plainSentences: readonly string[] = lines(`
(Open|Click|Choose|Select|Press) (Settings|File|Tools|Account|Preferences), then (Privacy|Export|Save As|Log Out|Change Password).
The (Annual|Quarterly|Monthly|Final) (Report|Statement|Budget|Review) (lists|shows|omits) (Total Revenue|Net Income|Operating Costs|Gross Margin).
(Section|Article|Chapter|Schedule|Part|Annex) {number} of the (Agreement|Act|Code|Contract|Policy|Treaty) (covers|governs|excludes) (Limitation of Liability|Force Majeure|Confidential Information|Governing Law).
(What|Which) (is|are) (your|the) (opening hours|interest rates|fees|Terms of Service|options|delivery times)?
(How|Where) (do|can) I (reset my password|change my PIN|block my card|open an account|find my invoice|cancel)?
(I|We) (want|need|would like) to (cancel|increase|change|check|close|renew) (my|our) (card|limit|plan|subscription|account|Premium Plan|Gold Card|Visa|Mastercard).
(My|The) (card|order|payment|phone|Visa|account|application) (is|was) (declined|late|lost|rejected)(.|, why?| again!)
(Why|When) (was|is|will) (my|the) (payment|card|refund|delivery|transfer) (declined|pending|arriving|here)?
(Thank you|Thanks) for (calling|your help|your order|the update)(.|, have a nice day!)
(Machine Learning|Artificial Intelligence|Natural Language Processing|Cloud Computing|Big Data) (is|was) (everywhere|hard|a field).
(Happy|Merry) (New Year|Christmas|Easter|Birthday)!
(The|A) (Board of Directors|Chief Executive Officer|Human Resources Department|Data Protection Officer|Managing Director|Legal Team) (met|decided|will answer).
(Windows|Android|Linux|Excel|Word|Outlook|Bluetooth|Java|Python) (crashed|needs an update|is installed|works).
(Yes|No|Okay|Sure|Maybe|Great|Perfect), (that works|I will|do it|see you then).
(Ready|Welcome|Sorry|Done|Loading|Please wait)(!|.|...)
(Please|Kindly) (find attached|sign here|reply soon|hold the line|see Table {number}|fill in Form {number}).
(Breakfast|Lunch|Dinner|Coffee|Tea) (is|was) (included|late|good) (on {date}|today|).
(Balance|Total|Amount|Price|Fee|Tax)(:| is) {amount}
(Monday|Friday|Sunday) is (free|busy|a holiday).
(I|She|He) (bought|sold|lost) {number} (books|shares|tickets|cards) (for {amount}|on {date}|).
(Step|Question|Item|Option|Figure|Table|Page) {number}(:|.) (Read the text|Add water|See above|Enter your PIN|Explain)
(There are|We have|I counted|It takes) {number} (people|rooms|days|errors|copies|miles|minutes) (left|in total|now)(.|)
(DNA|HTTP|PDF|USB|API|ATM|VAT|URL) (is|are) (an acronym|required|down|fine).
(The|This) (Supreme Court|Central Bank|Police|Army|Church|Parliament|Internet|Government|Constitution|Cabinet) (is|was) (slow|asked|wrong).
(Spring|Summer|Winter|Autumn) (Sale|Collection|Term|Break)(!|: {number} percent off|)
(Call|Text) (us|me) (back|later|tomorrow|when you can).
(I|We|They) (watched|read|heard|played|like|love|bought|finished|saw) {thing}(.| yesterday.| on {date}.| again.| with {given}.)
{thing} (is|was) (my favourite|a film|a song|a book|on sale|the best|released in {date}|out of stock)(.|!)
(The|Our|This|A|My|Your) {thing} (plan|programme|offer|card|team|project|is over|was great|costs {amount}|starts on {date})(.|)
(Have you|Did you|Can you|Could I) (seen|see|order|try|get|find) {thing}(?| in {location}?| for me?)
"{thing}" (is|was) (a hit|written|sung|a book|a film|the motto) (in {date}|by {person}|of {person}).
{thing}: {thing}
# {thing}
(Go to|Open|See|Under|Tap) {thing} (and|then) {thing}.
(Invoice|Order|IBAN|VAT|Reference|Serial|Tracking|Account|Part|Model|Licence|Passport|Case|Booking|Membership) (number|no.|code|ID|) {code}(.| is (wrong|missing|late).|)
(My|The|Your) (account|order|tracking|policy|serial|reference|membership) (number|code|ID) (is|was) {code}(.|, please check.)
(Version|version|Release|release|v) {version}(.| (and|or|to) {version}.| is out.)
(Pay|Paid|Charge|Send|Transfer) (with|to|from|by) {code}(.|, thanks.| on {date}.)
(My |The |)card {number} (exp|expires|valid until) {expiry}(.|)
(See|Open|Look at|Edit|Delete) {file}(.| and {file}.|, then {file}.)
{upper} {code}
(Look at|Check|Compare) {version} (and|or|with) {version}(.|)
{version} and {version}
(Read|See) the {file} (and|or) {file}(.|)
(The|A|Our|Each) {upper} (code|file|number|rule|is required|was sent|team)(.|)
{upper}: {code}
{upper} {upper} {upper}
(At|From|Until|Around) {time}(,| |) (it rained|we met|the line opens)(.|)
{number} x {number} (mm|cm|pieces|= {number})(.|)
(Due|Open|Paid|Sent) {date}, (room|row|seat|box|rack|gate) {number}-{number}(.|)
(Chapter|Room|Gate|Seat|Line|Rule|Page|Bed|Bus|Platform|Row|Level) {number}(.| of {number}.|)
{number} {number} {number}
{amount} plus {amount} (is|makes) {amount}(.|)
(Terms and Conditions|Privacy Policy|Cookie Policy|User Guide|Frequently Asked Questions|Table of Contents)
`);

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replaceAll('\\n', '\n'))
    .filter((line) => line !== '');
}
