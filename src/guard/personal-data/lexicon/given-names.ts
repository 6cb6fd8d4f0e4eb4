/**
 * Given names of many cultures, lower case without diacritics, separated by white space. Written for this project from general
 * knowledge of what people are called; copied from no list. Holds ordinary words (`will`, `rose`): rules of context decide.
 */
export const givenNames = `
james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven
paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan
stephen larry justin scott brandon benjamin samuel gregory alexander frank patrick raymond jack dennis jerry tyler aaron jose
adam nathan henry douglas zachary peter kyle noah ethan jeremy walter christian keith roger terry austin sean gerald carl
harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan juan albert willie elijah wayne randy
vincent mason roy ralph bobby russell bradley philip eugene liam oliver harry leo alfie archie freddie theo oscar toby callum
connor declan rory ewan angus hamish duncan fergus gareth rhys owen evan neil nigel graham trevor clive barry geoffrey simon
colin derek ian stuart malcolm rupert giles hugh miles lewis max isaac caleb lucas hunter chase cole blake wyatt carter luke
levi jared shane cody travis dustin chad derrick marcus curtis leonard stanley norman glenn fred clarence ernest herbert
clifford howard earl alfred melvin vernon lloyd leroy gordon dean dale warren marvin floyd leon calvin francis phillip glen
tony jim tom bob bill mike dave steve dan ben sam matt nick chris tim jeff greg rick ken ron don ed ted ray jay tod todd craig
kirk brett drew grant seth ross wade clay reed heath lance troy
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly
emily donna michelle carol amanda melissa deborah stephanie dorothy rebecca sharon laura cynthia amy kathleen angela shirley
brenda emma anna pamela nicole samantha katherine christine helen debra rachel carolyn janet maria catherine heather diane
olivia julie joyce victoria ruth virginia lauren kelly christina joan evelyn judith andrea hannah megan cheryl jacqueline
martha madison teresa gloria sara janice ann kathryn abigail sophia frances jean alice judy isabella julia grace amber denise
danielle marilyn beverly charlotte natalie theresa diana brittany doris kayla alexis lori marie rose jane anne ellen tina
holly claire lucy chloe zoe ella lily poppy isla freya imogen phoebe daisy florence gemma kirsty fiona eilidh siobhan niamh
aoife caitlin bronwyn gillian hilary heidi wendy tracy tracey dawn paula sheila maureen eileen irene edith ethel hazel ida ivy
mabel mildred phyllis rita roberta sally sylvia thelma vera wanda yvonne zelda jenny jill joanna joanne june kate katie kim
kristen kristin lesley leslie lydia lynn mandy melanie miranda molly monica nadia naomi nora norma pam peggy penny priscilla
rosemary sabrina shannon sheryl sonia stacey stella suzanne tara vanessa valerie vivian whitney harper avery mia ava amelia
aria scarlett savannah bella claudia audrey brooke paige jade jasmine haley hailey mackenzie morgan sydney kylie courtney
crystal tiffany erica erika bonnie connie carla carmen veronica
hans wolfgang klaus jurgen dieter manfred uwe gunter helmut gerhard horst stefan jorg bernd ralf matthias torsten thorsten
sven jens dirk markus lukas felix jonas finn maximilian moritz philipp tobias florian sebastian fabian niklas jan erik karl
heinz ernst friedrich otto rainer rolf siegfried ulrich volker werner wilhelm ursula monika petra sabine renate helga karin
brigitte ingrid gisela birgit heike silke anja susanne katrin kathrin nadine steffi johanna leonie lena lea hanna annika
franziska greta mathilda jana katja kerstin martina ute dagmar gabriele angelika anneliese liesel annelies bettina elke sigrid
pierre michel andre philippe rene louis alain jacques bernard marcel claude henri francois nicolas laurent christophe frederic
guillaume julien sebastien antoine mathieu matthieu thibault thierry pascal olivier stephane yves yannick gilles didier xavier
bertrand benoit emile etienne fabrice gaston gerard gaspard hugo jules luc lucien maxime quentin raoul remy romain tristan
valentin nathalie isabelle sylvie francoise monique martine veronique celine aurelie emilie camille manon juliette amelie
elodie helene sophie genevieve josephine madeleine margaux mathilde odette pauline simone solange therese virginie yvette
lucie ines agathe clemence
giuseppe giovanni antonio mario luigi francesco angelo vincenzo pietro salvatore carlo franco domenico bruno paolo michele
giorgio aldo sergio luciano alessandro marco matteo lorenzo davide riccardo stefano fabio roberto federico leonardo tommaso
emanuele enzo dario maurizio massimo giulia chiara francesca federica silvia valentina alessia elisa elena giorgia paola rosa
giovanna lucia caterina antonella daniela donatella gianna ilaria loredana marcella ornella patrizia rosanna serena simona
sofia bianca beatrice aurora
manuel francisco javier carlos jesus alejandro miguel rafael pedro pablo angel fernando jorge luis alberto alvaro diego adrian
raul enrique ramon vicente ivan ruben andres joaquin santiago eduardo victor jaime ignacio alfonso salvador ricardo marcos
emilio julian tomas agustin guillermo gonzalo gustavo hector cesar armando arturo ernesto esteban felipe gerardo gilberto
julio mateo mauricio octavio orlando ramiro rodrigo rogelio rolando ana isabel dolores pilar josefa cristina angeles francisca
antonia mercedes marta concepcion raquel beatriz rocio susana alicia nuria montserrat esther yolanda margarita alba camila
gabriela mariana fernanda alejandra adriana lorena luisa luz marisol esperanza guadalupe consuelo graciela ximena catalina
juana leticia natalia
joao tiago rui nuno goncalo duarte vasco paulo diogo henrique caio thiago vitor leandro marcelo murilo renato otavio matheus
guilherme catarina joana filipa leonor matilde carolina larissa juliana bruna luana vitoria isabela rafaela aline
piet kees willem johannes hendrik cornelis gerrit maarten bas sander jeroen joost ruud wouter bram daan sem lars thijs niels
koen pieter marieke annemarie sanne lotte femke anouk fleur maaike saskia wilhelmina grietje hendrika
anders johan per nils olof bjorn magnus gustav mikael fredrik henrik mattias emil axel gunnar leif ulf goran hakan stig ake
eva kristina malin linnea astrid ebba elsa wilma alva saga freja maja birgitta gunilla agneta ulla britta inga olav ole knut
harald hakon sindre torbjorn oyvind kristian morten geir svein terje odd tor espen trond ragnhild solveig turid marit kari liv
silje ingeborg soren poul jorgen mads rasmus kasper mikkel frederik kirsten mette hanne lone bente birthe pia trine sofie inge
rikke signe nanna mikko juha matti timo antti jari pekka heikki markku jukka ville teemu sami eero aino tuula anneli paivi
leena sari tiina kaisa helena eeva jon sigurdur gudmundur olafur einar sigridur gudrun
andrzej piotr krzysztof stanislaw tomasz pawel marcin michal marek grzegorz jozef lukasz zbigniew jerzy tadeusz mateusz
dariusz mariusz wojciech ryszard jakub henryk rafal kazimierz jacek maciej kamil bartosz bartlomiej dawid szymon filip
katarzyna malgorzata agnieszka krystyna ewa elzbieta zofia magdalena janina danuta jadwiga aleksandra halina irena beata
dorota grazyna jolanta karolina urszula weronika zuzanna
jiri petr josef pavel martin jaroslav miroslav zdenek vaclav frantisek milan karel ondrej vojtech radek jitka hana lenka alena
katerina jarmila zuzana milena laszlo istvan jozsef janos zoltan sandor gabor ferenc attila tamas zsolt tibor andras csaba
imre lajos gyorgy balazs gergely bence mate eszter katalin ilona erzsebet zsuzsanna agnes judit krisztina tunde reka dora ion
andrei mihai gheorghe vasile constantin alexandru cristian florin marian ionut razvan bogdan dragos ioana mihaela alina
aleksandr sergei sergey vladimir andrey alexei alexey dmitri dmitry nikolai nikolay mikhail igor oleg viktor yuri yury boris
konstantin maxim artem kirill denis roman vadim stanislav anatoly gennady evgeny vyacheslav fyodor grigory anastasia ekaterina
tatiana tatyana olga natalya svetlana irina yelena lyudmila galina marina nadezhda larisa oksana yulia yuliya daria polina
ksenia zoya mykola oleksandr serhii volodymyr andriy bohdan taras ihor iryna yevhen petro ostap marko nikola dragan zoran
dejan aleksandar vladan slobodan bojan nenad milica jelena ivana dragana jovana snezana marija luka matej ivica tomislav
zvonimir mirko damir hrvoje josip ante stjepan zeljko branko georgi dimitar hristo krasimir plamen todor stoyan ivaylo
desislava rumyana tsvetelina
giorgos yannis ioannis dimitris dimitrios nikos nikolaos kostas konstantinos panagiotis vasilis christos thanasis stavros
spyros alexandros michalis eleni vasiliki georgia dimitra ioanna despina mehmet mustafa ahmet ali huseyin hasan ibrahim ismail
osman yusuf murat omer emre burak kemal cem serkan volkan fatma ayse emine hatice zeynep elif meryem sevgi esra merve busra
tugba gul
mohamed mohammed muhammad mohammad ahmad ahmed hassan hussein omar khalid abdullah abdul abdulrahman youssef yousef mahmoud
karim kareem tariq tarek samir nabil faisal salim saleem rashid hamza bilal anwar walid waleed ziad zaid adel amir amin fadi
hadi jamal jamil kamal majid nasser osama rami tamer yasser fatima aisha khadija maryam mariam zainab layla leila noor nour
amina amira salma yasmin yasmine huda rania dina mona samira farah dalia lina rana sana zahra soraya reza hossein mehdi saeed
hamid javad shirin nasrin parisa niloufar azadeh roya avi moshe yosef yaakov shlomo eitan noam yair ariel tamar rivka miriam
shira yael noa
raj rahul amit sanjay vijay rajesh suresh ramesh anil sunil ashok arun vikram rohit rohan arjun aditya karan nikhil manish
deepak pradeep sandeep vivek ajay anand gopal krishna mohan ravi ganesh harish kiran naveen prakash praveen rakesh sachin
satish shankar srinivas venkat vinod yash ishaan vihaan priya anjali pooja neha kavita sunita anita geeta lakshmi meena meera
nisha radha rekha ritu shreya sneha swati deepa divya asha usha uma lata aarti ananya diya isha kavya nandini padma sarita
shalini sushma vidya imran asif usman zeeshan kashif ayesha sadia saima tanvir rashida shahid kumar singh gurpreet harpreet
manpreet jaspreet
wei ming jun jie hao lei qiang yong gang bin xin tao feng ping hui yan xiaoming xiaoyan mei ling li fang jing min ying xiu na
hua yun lan chen yu zhen jian guo kai long zhong hiroshi takashi kenji akira satoshi naoki kazuo makoto takeshi yuki haruto
ren sota daiki kenta ryo shinji masato tetsuya yoko keiko yumi akiko naoko tomoko sakura yui hina aoi rin mai emi kumiko
michiko noriko minjun jihoon seojun minho sungho jiwoo seoyeon minji jiyeon hyejin soojin eunji youngsoo thanh minh tuan hung
duc quang linh huong thuy nguyet phuong trang somchai somsak siriporn budi agus dewi siti sri putri wayan bambang
chukwu chinedu emeka ifeanyi obinna ngozi chioma adaeze amaka olumide oluwaseun femi segun babajide folake yetunde adebayo
kwame kofi kwabena yaw ama akosua abena efua juma baraka wanjiku kamau njoroge otieno achieng wambui makena thabo sipho themba
lungile nomsa thandi zanele nokuthula mandla tendai farai rudo chipo amara zuri imani desta tesfaye abebe alemayehu selam
haile mulu fatou aminata mamadou ousmane moussa ibrahima cheikh awa adama
`;
