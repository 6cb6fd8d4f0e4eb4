import { readFileSync } from 'node:fs';
import { below, pick, type Random } from '../../corpus/random.ts';
import { capitalised, chance, MadeUpWords } from './made-up-words.ts';

function linesOf(file: string): string[] {
  const path = new URL(`../../../models/personal-data/${file}`, import.meta.url);
  return readFileSync(path, 'utf8').trim().split('\n');
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

const given = linesOf('given-names.txt');
const family = linesOf('surnames.txt');
const places = linesOf('places.txt');

/** Names of languages whose endings the lists of the United States lack, written for this project. */
const givenAbroad = words(`
Aino Väinö Eero Juhani Kaarina Tuula Mika Jussi Päivi Riikka Tapani Veikko Seija Onni Ilmari László Zoltán Ferenc Gábor Katalin Erzsébet Ágnes
Zsófia Béla Attila Csaba Réka Boglárka Tamás Imre Janez Matjaž Urška Špela Jernej Tjaša Zoran Dragan Milica Jelena Goran Ivana Nenad Vesna Dušan
Ljubica Tomáš Jiří Zdeněk Lenka Jaroslav Božena Miloslav Hana Vlasta Radek Guðrún Sigurður Björk Ásdís Þórunn Halldór Ragnar Kristín Łukasz Małgorzata
Zbigniew Agnieszka Wojciech Kazimierz Bogusława Grażyna Stanisław Katarzyna Dariusz Nguyễn Minh Thị Hương Tuấn Linh Phương Quốc Bảo Somchai Siriporn Nattapong Kanya
Chidi Ngozi Obinna Adaeze Emeka Chioma Ifeoma Nnamdi Uchenna Amarachi Tesfaye Yohannes Selam Mehret Abeba Haile Semhar Filmon Senait Dawit Reza Parisa Mahsa
Behnam Shirin Farhad Azadeh Kaveh Khalid Yusra Abdulrahman Zaynab Hamza Rania Mustafa Layla Tariq Nawal Imran Aslan Zelimkhan Magomed Rustam Zarema Islam
Xiu Lan Jing Yuming Haoran Zhihao Meiling Xiaoping Jianguo Yuki Haruto Sakura Kenta Naoko Ayumi Daisuke Shinobu Minjun Seoyeon Jiwoo Hyunwoo Eunji Arjun Lakshmi
Venkatesh Ananya Harpreet Gurpreet Sunita Ramesh Deepak Kavita Emre Ayşe Mehmet Elif Çağla Burak Gülşen Ștefan Ioana Mihai Răzvan Crina Georgios Eleni
Kostas Despina Vasiliki Stavros Oksana Taras Bohdan Svitlana Dmytro Kateryna Vladislav Svetlana Evgeny Lyudmila Gennady Galina Jūratė Mindaugas Rasa Ilze Jānis Mārtiņš
Kadri Tõnu Liis Maarika Ebba Torbjörn Åsa Märta Øyvind Ragnhild Sølvi Mads Søren Birthe Inuk Aputsiaq Nivi Malik João Conceição Lurdes Inês
Iñaki Begoña Ainhoa Montserrat Jordi Mercè Aonghas Mòrag Eilidh Catriona Seoirse Caoimhe Saoirse Gwenllian Dilys Llewellyn Kalani Leilani Moana Tane Aroha
Sipho Thandiwe Nomvula Themba Lerato Wanjiru Kamau Achieng Otieno Mwangi Nyambura Fatou Mamadou Aminata Ousmane Awa Sékou`);
const familyAbroad = words(`
Virtanen Korhonen Mäkinen Nieminen Lehtonen Heikkilä Salmela Rautio Järvi Hakala Szabó Horváth Kovács Tóth Nagy Kiss Fekete Balogh Juhász Mészáros
Novak Zupančič Kovačič Hribar Vidmar Golob Horvat Perić Jovanović Marković Knežević Babić Novotný Svobodová Dvořák Procházková Černý Kučera Veselá Krejčí
Jónsdóttir Einarsson Gunnarsdóttir Þorsteinsson Kowalczyk Wiśniewska Zieliński Szymańska Woźniak Dąbrowski Kamińska Jabłoński Trần Phạm Hoàng Vũ Đặng Bùi
Saetang Chaiyasit Wongsawat Srisai Okonkwo Nwosu Eze Onyekachi Chukwu Azikiwe Ghebremedhin Tekle Woldemariam Berhane Kidane Habte Hosseini Ahmadi Rahimi Moradi
Karimi Najafi Al-Farsi Haddad Mansour Khoury Nasser Qureshi Al-Rashid Bakr Dudayev Kadyrov Basaev Ismailov Chen Zhang Liang Huang Xu Zhou
Watanabe Yamamoto Nakagawa Kobayashi Matsuda Ishikawa Fujiwara Choi Jeong Hwang Bae Iyer Chaudhary Banerjee Subramanian Reddy Mukherjee Yılmaz Demir Şahin Öztürk
Popescu Ionescu Dumitrescu Papadopoulos Nikolaidis Georgiou Shevchenko Kovalenko Bondarenko Ivanova Smirnov Kuznetsova Volkov Morozova Kazlauskas Petrauskienė Bērziņš Ozols Tamm Kask
Bergström Lindqvist Sjöberg Håkansson Öberg Haugen Bakken Solberg Nygård Rasmussen Mikkelsen Østergaard Kjær Heilmann Kleist Petrussen Fonseca Teixeira Carvalho Magalhães
Etxeberria Ibáñez Zúñiga Quiñones Puigdemont Ferrer MacLeod MacAskill O'Sullivan Ní Dhomhnaill ap Rhys Llywelyn Kahananui Ngata Dlamini Nkosi Mokoena
Kariuki Ochieng Wambui Diallo Traoré Keïta Ndiaye De Vries Van den Berg Jansen Bakker Mulder Dijkstra Lefèvre Moreau Fournier Girard Rousseau
Schröder Krüger Weiß Böhm Köhler Schäfer Baumgartner Steiner Conti Esposito Ricci Bianchi Marchetti Lombardi Ferrari`);
const foreignScript = words(
  '王芳 李伟 张敏 Александр Мария Иванова Сергей 田中 佐藤 さくら محمد فاطمة สมชาย 김민준 Ольга Петров',
);

const madeUpFamily = new MadeUpWords([...family.slice(0, 20_000), ...familyAbroad.map((name) => name.toLowerCase())]);
const madeUpGiven = new MadeUpWords([...given, ...givenAbroad.map((name) => name.toLowerCase())]);
const madeUpPlace = new MadeUpWords(places.filter((place) => !/[ .]/.test(place)));

const ordinary = linesOf('ordinary-words.txt').slice(0, 4000);

/** A word of everyday and official English, lower case. */
export function ordinaryWord(random: Random): string {
  return pick(random, ordinary);
}

/** One given name: of the lists, of a language they lack, or made up. */
export function givenName(random: Random): string {
  const kind = below(random, 100);
  if (kind < 45) return capitalised(given[Math.floor(given.length * random() ** 2)] ?? 'Anna');
  if (kind < 75) return pick(random, givenAbroad);
  if (kind < 97) return madeUpGiven.draw(random);
  return `${capitalised(pick(random, given.slice(0, 300)))}-${capitalised(pick(random, given.slice(0, 300)))}`;
}

/** One surname, in the same way. */
export function surname(random: Random): string {
  const kind = below(random, 100);
  if (kind < 40) return capitalised(family[Math.floor(family.length * random() ** 2)] ?? 'Smith');
  if (kind < 65) return pick(random, familyAbroad);
  if (kind < 90) return madeUpFamily.draw(random);
  if (kind < 93)
    return `${pick(random, ['van', 'de', 'von', 'da', 'del', 'El', 'Le', 'Di', 'Mac', 'Al'])} ${madeUpFamily.draw(random)}`;
  if (kind < 96) return `${madeUpFamily.draw(random)}-${capitalised(pick(random, family.slice(0, 2000)))}`;
  return `${pick(random, ['Mc', "O'", 'Mac', "D'"])}${madeUpFamily.draw(random)}`;
}

/** A name as people are called in running text. */
export function personName(random: Random): string {
  const kind = below(random, 100);
  if (kind < 60) return `${givenName(random)} ${surname(random)}`;
  if (kind < 78) return givenName(random);
  if (kind < 83) return surname(random);
  if (kind < 88) return `${givenName(random)} ${initial(random)}. ${surname(random)}`;
  if (kind < 90) return `${initial(random)}. ${surname(random)}`;
  if (kind < 92) return `${initial(random)}.${initial(random)}. ${surname(random)}`;
  if (kind < 96) return `${givenName(random)} ${givenName(random)} ${surname(random)}`;
  if (kind < 97) return `${givenName(random)} ${surname(random)} ${surname(random)}`;
  if (kind < 98) return pick(random, foreignScript);
  return chance(random, 50)
    ? `${surname(random)} ${givenName(random)}`
    : `${givenName(random)} ${surname(random)}`.toUpperCase();
}

function initial(random: Random): string {
  return pick(random, 'ABCDEFGHJKLMNPRSTVW'.split(''));
}

/** A town: of the list, or made up. */
export function town(random: Random): string {
  const kind = below(random, 100);
  if (kind < 25) return capitalised(pick(random, places.slice(0, 800)));
  if (kind < 55) return capitalised(pick(random, places));
  const made = madeUpPlace.draw(random);
  if (kind < 88) return made;
  return pick(random, [
    `San ${made}`,
    `Bad ${made}`,
    `Saint-${made}`,
    `${made} Springs`,
    `New ${made}`,
    `North ${made}`,
    `${made} City`,
    `El ${made}`,
    `${made}-sur-${madeUpPlace.draw(random)}`,
    `Las ${made}`,
    `${made} Beach`,
    `Port ${made}`,
  ]);
}

/** A word as streets are named after: a person, a place or nothing known. */
export function streetStem(random: Random): string {
  const kind = below(random, 100);
  if (kind < 25) return capitalised(family[below(random, 6000)] ?? 'Mill');
  if (kind < 55) return madeUpPlace.draw(random);
  if (kind < 70) return madeUpFamily.draw(random);
  if (kind < 78) return pick(random, givenAbroad);
  return pick(random, streetWords);
}

const streetWords =
  words(`Oak Elm Maple Cedar Pine Willow Church Mill High Park Station Lake River Main North South East West Green Spring Meadow Sunset
Highland Forest Ridge Garden Market Bridge Castle Victoria Queen King Prince Chapel School Union Washington Lincoln Jefferson Franklin Center Hill Valley
Cherry Walnut Chestnut Dogwood Hickory Railroad College Rose Orchard Stone Quarry Pond Harbour Abbey Manor Windmill Horseshoe Bluff`);
