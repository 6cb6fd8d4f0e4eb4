/**
 * Surnames of many cultures, lower case without diacritics, separated by white space. Written for this project from general
 * knowledge; copied from no list. Holds ordinary words (`young`, `stone`): rules of context decide.
 */
export const surnames = `
smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas
taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young allen king
wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell mitchell carter roberts gomez phillips
evans turner diaz parker cruz edwards collins reyes stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper
peterson bailey reed kelly howard ramos kim cox ward richardson watson brooks chavez wood james bennett gray mendoza ruiz
hughes price alvarez castillo sanders patel myers long ross foster jimenez powell jenkins perry russell sullivan bell coleman
butler henderson barnes gonzales fisher vasquez simmons romero jordan patterson alexander hamilton graham reynolds griffin
wallace moreno west cole hayes bryant herrera gibson ellis tran medina aguilar stevens murray ford castro marshall owens
harrison fernandez mcdonald woods washington kennedy wells vargas henry chen freeman webb tucker guzman burns crawford olson
simpson porter hunter gordon mendez silva shaw snyder mason dixon munoz hunt hicks holmes palmer wagner black robertson boyd
rose stone salazar fox warren mills meyer rice schmidt garza daniels ferguson nichols stephens soto weaver ryan gardner payne
grant dunn kelley spencer hawkins arnold pierce hansen peters santos hart bradley knight elliott cunningham duncan armstrong
hudson carroll lane riley andrews alvarado ray delgado berry perkins hoffman johnston matthews pena richards contreras willis
carpenter lawrence sandoval guerrero george chapman rios estrada ortega watkins greene nunez wheeler valdez harper burke
larson santiago maldonado morrison franklin carlson austin dominguez carr lawson jacobs obrien lynch singh vega bishop
montgomery oliver jensen harvey williamson gilbert dean sims espinoza howell wong reid hanson mccoy garrett burton fuller
weber welch rojas lucas marquez fields park yang little banks padilla day walsh bowman schultz luna fowler mejia davies
wilkinson hussain khan begum ali ahmed kaur mcintyre macdonald mackenzie macleod sinclair fraser cameron buchanan douglas
farrell byrne oconnor oneill doyle mccarthy gallagher doherty kavanagh nolan quinn brennan connolly daly duffy fitzgerald
flynn higgins keane kenny maguire moran osullivan power rooney tierney whelan barker bates bird booth bradshaw briggs brookes
bull burgess chambers chadwick clarke coates cross curtis davidson dawson fletcher frost gibbs goodwin hale hammond hancock
hardy harding hargreaves hewitt hobbs holland hooper hope horton humphreys ingram jarvis kemp kent kirby lambert lamb leach
lloyd lowe mann marsh may mellor miles moss naylor newton nicholls norris norton osborne page parry parsons pearce pearson
poole potter pratt preston read reeves rhodes riddle rowe sharp shepherd short skinner stokes swift sykes thornton todd
townsend tyler vaughan wade walton watts webster wilcox winter wyatt yates
muller schneider fischer becker schulz hoffmann koch bauer richter klein wolf schroder neumann schwarz zimmermann braun kruger
hofmann hartmann lange schmitt werner krause meier lehmann schmid schulze maier kohler herrmann konig walter mayer huber
kaiser fuchs lang scholz moller weiss jung hahn schubert vogel friedrich keller gunther frank berger winkler roth beck lorenz
baumann franke albrecht schuster simon ludwig bohm kraus schumacher kramer vogt stein jager otto sommer gross seidel heinrich
brandt haas schreiber graf schulte dietrich ziegler kuhn kuhne pohl engel horn busch bergmann voigt sauer wolff pfeiffer
gruber moser steiner egger brunner hofer leitner eder wimmer
bernard dubois robert richard petit durand leroy moreau laurent lefebvre michel david bertrand roux vincent fournier morel
girard andre lefevre mercier dupont bonnet francois legrand garnier faure rousseau blanc guerin roussel nicolas perrin morin
mathieu clement gauthier dumont fontaine chevalier robin masson gerard boyer denis lemaire duval joly gautier roger roche roy
noel meunier jean marchand dufour blanchard marie barbier brun dumas brunet leroux colas picard rolland renaud lacroix lemoine
gaillard leclerc aubert tremblay gagnon bouchard cote gagne pelletier lavoie fortin beaulieu
rossi russo ferrari esposito bianchi romano colombo ricci marino greco bruno gallo conti deluca mancini costa giordano rizzo
lombardi moretti barbieri fontana santoro mariani rinaldi caruso ferrara galli martini leone longo gentile martinelli vitale
lombardo serra coppola desantis dangelo marchetti parisi villa conte ferraro ferri fabbri bianco marini grasso valentini
messina sala gatti pellegrini palumbo sanna farina rizzi monti cattaneo morelli amato silvestri mazza testa grassi pellegrino
carbone giuliani benedetti barone rossetti caputo montanari guerra palmieri
alonso navarro vazquez gil serrano blanco suarez molina rubio marin sanz iglesias garrido cortes lozano cano prieto calvo
gallego vidal leon cabrera campos diez fuentes carrasco caballero nieto pascual herrero santana lorenzo hidalgo montero ibanez
gimenez ferrer duran vicente benitez mora arias carmona crespo roman pastor saez velasco soler moya esteban parra bravo
gallardo acosta figueroa salinas valencia zamora barrera cardenas ochoa trujillo quintero
ferreira pereira oliveira rodrigues martins jesus sousa fernandes goncalves gomes lopes marques alves almeida ribeiro pinto
carvalho teixeira moreira correia mendes nunes soares vieira monteiro cardoso rocha neves coelho cunha pires reis simoes
antunes matos fonseca machado araujo barbosa barros melo dias lima azevedo cavalcanti nascimento freitas batista
jong jansen vries berg bakker dijk visser smit meijer boer mulder groot bos vos hendriks dekker brouwer dijkstra smits graaf
linden kok haan vermeulen heuvel veen broek schouten willems hoekstra koning verhoeven kuipers postma peeters janssens maes
wouters claes goossens mertens desmet
johansen olsen larsen andersen pedersen nilsen kristiansen karlsen johnsen pettersen eriksen haugen hagen johannessen
andreassen jacobsen dahl jorgensen halvorsen henriksen lund nielsen christensen rasmussen sorensen petersen madsen kristensen
thomsen christiansen poulsen johansson andersson karlsson nilsson eriksson larsson olsson persson svensson gustafsson
pettersson jonsson jansson hansson bengtsson lindberg jakobsson magnusson lindstrom lindqvist lindgren berglund fredriksson
sandberg henriksson forsberg sjoberg wallin engstrom eklund danielsson lundin hakansson bjork bergman gunnarsson holm wikstrom
isaksson fransson bergqvist nystrom holmberg arvidsson lofgren soderberg nyberg blomqvist claesson nordstrom martensson
korhonen virtanen makinen nieminen makela hamalainen laine heikkinen koskinen jarvinen lehtonen lehtinen saarinen salminen
heinonen niemi salo
nowak kowalski wisniewski wojcik kowalczyk kaminski lewandowski zielinski szymanski wozniak dabrowski kozlowski jankowski
mazur wojciechowski kwiatkowski krawczyk kaczmarek piotrowski grabowski zajac pawlowski michalski krol wieczorek jablonski
wrobel majewski olszewski stepien malinowski adamczyk dudek sikora baran novak svoboda novotny dvorak cerny prochazka kucera
vesely horak nemec marek pospisil hajek kral jelinek ruzicka benes fiala sedlacek dolezal zeman kolar nagy kovacs toth szabo
horvath varga kiss molnar nemeth farkas balogh papp takacs juhasz lakatos meszaros olah racz fekete popescu ionescu popa radu
dumitru stan stoica gheorghe matei ciobanu rusu munteanu
ivanov smirnov kuznetsov popov vasiliev petrov sokolov mikhailov novikov fedorov morozov volkov alekseev lebedev semenov
egorov pavlov kozlov stepanov nikolaev orlov andreev makarov zakharov shevchenko kovalenko bondarenko tkachenko melnyk boyko
kravchenko petrenko horvat babic maric juric jovanovic petrovic nikolic markovic djordjevic stojanovic ilic stankovic georgiev
dimitrov papadopoulos pappas yilmaz kaya demir celik sahin yildiz ozturk aydin arslan dogan kilic aslan cetin
hassan hussein rahman ibrahim mansour saleh haddad khoury najjar nasser farouk aziz abbas malik sheikh siddiqui qureshi
chaudhry iqbal mirza butt cohen levy mizrahi peretz friedman katz shapiro goldberg goldstein rosenberg hosseini ahmadi karimi
rezaei moradi tehrani
sharma gupta verma kumar shah mehta joshi desai reddy rao iyer nair menon pillai chopra kapoor malhotra khanna bhatt agarwal
jain mishra pandey tiwari yadav chauhan thakur das ghosh banerjee mukherjee chatterjee bose sen dutta chakraborty naidu gill
sidhu dhillon grewal perera fernando
wang li zhang liu huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie tang han cao deng feng zeng peng xiao
tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren shen yao tan chan cheung lam leung ng ho lau kwok chow tsang
sato suzuki takahashi tanaka watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi matsumoto inoue
kimura hayashi shimizu saito mori abe ikeda hashimoto yamashita ishikawa nakajima maeda fujita ogawa goto okada hasegawa choi
kang cho yoon jang lim shin seo kwon hwang pham hoang phan vu dang bui huynh truong
okafor adeyemi okeke nwosu eze obi balogun adebayo ogunleye mensah owusu boateng asante osei appiah mwangi kamau njoroge
odhiambo ochieng otieno kariuki mutua dlamini nkosi ndlovu khumalo mokoena naidoo botha vanwyk pretorius diallo traore keita
diop ndiaye toure sow cisse bah tesfaye bekele moyo ncube banda phiri
`;
