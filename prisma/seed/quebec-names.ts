/**
 * Names as they are borne in Québec: family names with their share in per mille of the population (Institut de la
 * statistique du Québec, « Les noms de famille au Québec », 2006, rounded), given names by generation, and the names of
 * those who came from elsewhere. Every person made of them is fictional.
 */

const ranked = `Tremblay 10.8,Gagnon 7.9,Roy 7.5,Côté 6.9,Bouchard 5.3,Gauthier 5.2,Morin 5.0,Lavoie 4.6,Fortin 4.5,Gagné 4.5,
Ouellet 4.5,Pelletier 4.4,Bélanger 4.3,Lévesque 4.2,Bergeron 4.1,Leblanc 3.9,Paquette 3.8,Girard 3.7,Simard 3.7,Boucher 3.6,
Caron 3.5,Beaulieu 3.3,Cloutier 3.3,Dubé 3.2,Poirier 3.1,Fournier 3.0,Lapointe 3.0,Leclerc 2.9,Lefebvre 2.9,Poulin 2.9,Thibault 2.8,
St-Pierre 2.8,Nadeau 2.8,Martin 2.7,Landry 2.7,Martel 2.6,Bédard 2.6,Grenier 2.6,Lessard 2.6,Bernier 2.5,Richard 2.5,Michaud 2.5,
Hébert 2.5,Desjardins 2.4,Couture 2.4,Turcotte 2.4,Lachance 2.4,Parent 2.3,Blais 2.3,Gosselin 2.3,Savard 2.3,Proulx 2.3,Beaudoin 2.2,
Demers 2.2,Perreault 2.2,Boudreau 2.1,Lemieux 2.1,Cyr 2.1,Perron 2.0,Dufour 2.0,Dion 2.0,Mercier 2.0,Bolduc 1.9,Bérubé 1.9,
Boisvert 1.9,Langlois 1.9,Ménard 1.9,Therrien 1.8,Plante 1.8,Bilodeau 1.8,Blanchette 1.8,Dubois 1.8,Champagne 1.7,Paradis 1.7,
Fortier 1.7,Arsenault 1.7,Dupuis 1.7,Gaudreault 1.7,Hamel 1.7,Houle 1.6,Villeneuve 1.6,Rousseau 1.6,Gravel 1.6,Thériault 1.6,Lemay 1.6,
Robert 1.6,Allard 1.6,Deschênes 1.6,Giroux 1.6,Guay 1.5,Leduc 1.5,Boivin 1.5,Charbonneau 1.5,Lambert 1.5,Raymond 1.5,Vachon 1.5,
Gilbert 1.5,Audet 1.4,Jean 1.4,Larouche 1.4,Legault 1.4,Trudel 1.4,Fontaine 1.4,Picard 1.4,Labelle 1.4,Lacroix 1.4,Jacques 1.3,
Moreau 1.3,Carrier 1.3,Bernard 1.3,Desrosiers 1.3,Goulet 1.3,Renaud 1.3,Dionne 1.3,Lapierre 1.3,Vaillancourt 1.2,Fillion 1.2,
Lalonde 1.2,Tessier 1.2,Bertrand 1.2,Tardif 1.2,Lepage 1.2,Gingras 1.2,Benoît 1.2,Rioux 1.2,Giguère 1.2,Drouin 1.1,Harvey 1.1,
Lauzon 1.1,Nguyen 1.1,Gendron 1.1,Boutin 1.1,Laflamme 1.1,Vallée 1.1,Dumont 1.1,Breton 1.1,Paré 1.1,Paquin 1.1,Robitaille 1.1,
Gélinas 1.0,Duchesne 1.0,Lussier 1.0,Séguin 1.0,Veilleux 1.0,Potvin 1.0,Gervais 1.0,Pépin 1.0,Laroche 1.0,Morissette 1.0,Charron 1.0,
Lavallée 1.0,Laplante 1.0,Chabot 1.0,Brunet 0.9,Vézina 0.9,Desrochers 0.9,Labrecque 0.9,Coulombe 0.9,Tanguay 0.9,Chouinard 0.9,
Noël 0.9,Pouliot 0.9,Lacasse 0.9,Daigle 0.9,Marcoux 0.9,Lamontagne 0.9,Turgeon 0.9,Larocque 0.9,Roberge 0.9,Auger 0.8,Masse 0.8,
Pilon 0.8,Racine 0.8,Dallaire 0.8,Émond 0.8,Grégoire 0.8,Beauregard 0.8,Smith 0.8,Denis 0.8,Lebel 0.8,Blouin 0.8,Martineau 0.8,
Labbé 0.8,Beauchamp 0.8,St-Onge 0.8,Charette 0.8,Dupont 0.8,Létourneau 0.8,Rodrigue 0.8,Cormier 0.8,Rivard 0.8,Mathieu 0.8,
Asselin 0.7,St-Jean 0.7,Plourde 0.7,Thibodeau 0.7,Bélisle 0.7,St-Laurent 0.7,Godbout 0.7,Desbiens 0.7,Lavigne 0.7,Doucet 0.7,
Labonté 0.7,Marchand 0.7,Brassard 0.7,Forget 0.7,Patel 0.7,Marcotte 0.7,Béland 0.7,Larose 0.7,Duval 0.7,Archambault 0.7,Maltais 0.7,
Trépanier 0.7,Laliberté 0.7,Bisson 0.7,Brisson 0.6,Dufresne 0.6,Beaudry 0.6,Chartrand 0.6,Houde 0.6,Fréchette 0.6,Lafontaine 0.6,
Guillemette 0.6,Drolet 0.6,Vincent 0.6,Richer 0.6,Germain 0.6,Larivière 0.6,Ferland 0.6,Trottier 0.6,Piché 0.6,Boulanger 0.6,
Sirois 0.6,Charest 0.6,Provost 0.6,Durand 0.6,Dumas 0.6,Soucy 0.6,Lamoureux 0.6,Lachapelle 0.5,Bégin 0.5,Boily 0.5,Croteau 0.5,
Savoie 0.5,Provencher 0.5,Prévost 0.5,Duguay 0.5,Lemire 0.5,Delisle 0.5,Desmarais 0.5,Laberge 0.5,Nault 0.5,Bourgeois 0.5,
Lafrance 0.5,Lagacé 0.5,Daoust 0.5,Brault 0.5,Castonguay 0.5,Vallières 0.5,Pellerin 0.5,Rivest 0.5,Brochu 0.5,Samson 0.5,Lépine 0.5,
Leroux 0.5,Larochelle 0.5,Brousseau 0.5,Sauvé 0.5,Laurin 0.5,Cadieux 0.5,Leboeuf 0.5,Boilard 0.3,Tran 0.5,Pham 0.3,Chen 0.4,Li 0.4,
Wang 0.4,Zhang 0.3,Singh 0.5,Khan 0.4,Ahmed 0.4,Mohamed 0.4,Diallo 0.4,Traoré 0.2,Joseph 0.6,Pierre 0.7,Jean-Baptiste 0.4,
Jean-Louis 0.3,Charles 0.4,Louis 0.3,Belhadj 0.2,Benali 0.3,El Amrani 0.2,Haddad 0.3,Khoury 0.3,Rossi 0.2,Di Stefano 0.1,
Esposito 0.2,Garcia 0.4,Rodriguez 0.4,Hernandez 0.3,Da Silva 0.3,Ferreira 0.2,O'Connor 0.2,O'Brien 0.2,MacDonald 0.3,McGill 0.1,
L'Écuyer 0.3,L'Heureux 0.4,De la Chevrotière 0.05,Van Der Meer 0.05,Papadopoulos 0.2,Petrov 0.1,Kowalski 0.1,Nowak 0.1,Müller 0.1,
Kistabish 0.1,Awashish 0.1,Papatie 0.1,Vollant 0.2,Cohen 0.5,Levy 0.3,Brown 0.4,Johnson 0.3,Williams 0.3,Campbell 0.3,Wilson 0.2`;

export interface WeightedName {
  readonly name: string;
  /** Relative frequency. */
  readonly weight: number;
}

const read = (text: string): WeightedName[] =>
  text.split(",").map((entry) => {
    const [, name = "", weight = "1"] = /^\s*(.+?) ([\d.]+)\s*$/s.exec(entry) ?? [];
    return { name, weight: Number(weight) };
  });

export const familyNames: readonly WeightedName[] = read(ranked);

/** Given names, the commonest first: frequency falls with rank. */
const women = `Marie,Louise,Nicole,Lise,Francine,Diane,Johanne,Sylvie,Nathalie,Julie,Isabelle,Chantal,Manon,Lucie,Ginette,Hélène,Monique,
Thérèse,Jeannine,Huguette,Denise,Pierrette,Claudette,Carole,Line,Josée,Caroline,Mélanie,Stéphanie,Karine,Annie,Véronique,Geneviève,
Valérie,Catherine,Audrey,Émilie,Jessica,Sabrina,Vanessa,Roxanne,Andréanne,Marie-Ève,Marie-Claude,Marie-Josée,Anne-Marie,Noémie,Camille,
Gabrielle,Laurence,Ariane,Sarah,Léa,Rosalie,Florence,Juliette,Emma,Olivia,Alice,Charlie,Béatrice,Charlotte,Zoé,Maude,Ève,Jade,Océane,
Maïka,Élodie,Coralie,Justine,Rose-Aimée,Yvette,Gisèle,Rita,Cécile,Jacqueline,Madeleine,Aline,Suzanne,Danielle,Christiane,Céline,Odette,
Réjeanne,Solange,Fatima,Amina,Khadija,Mariam,Aïssata,Linda,Nadia,Samira,Priya,Mei,Thi Lan,Huong,Svetlana,Irina,Maria,Carmen,Rosa,
Giuseppina,Elizabeth,Jennifer,Michelle,Deborah,Sandra,Kim,Nancy,Cynthia,Pascale,Dominique,Claude,Alexandra,Anaïs,Maya,Inès,Yasmine`;

const men = `Jean,Pierre,Michel,André,Claude,Jacques,Gilles,Robert,Daniel,Richard,Alain,Denis,Sylvain,Martin,Stéphane,Éric,François,Marc,
Luc,Yves,Guy,Roger,Marcel,Réjean,Normand,Serge,Mario,Benoît,Patrick,Steve,Sébastien,Mathieu,Jonathan,Maxime,Alexandre,Simon,Nicolas,
Vincent,Samuel,Gabriel,Félix,Olivier,Antoine,Guillaume,Marc-André,Jean-François,Jean-Philippe,Pierre-Luc,William,Thomas,Nathan,Liam,
Noah,Logan,Léo,Édouard,Émile,Arthur,Jacob,Zachary,Xavier,Raphaël,Louis,Charles,Henri,Philippe,Raymond,Gérard,Fernand,Lucien,Roland,
Maurice,Gaston,Armand,Conrad,Yvon,Ghislain,Gaétan,Jocelyn,Donald,Kevin,Dave,Dany,Francis,Hugo,David,Julien,Tommy,Mohamed,Ahmed,Karim,
Youssef,Omar,Mamadou,Ibrahima,Wei,Minh,Van Tuan,Raj,Amit,Ivan,Dmitri,José,Carlos,Antonio,Giuseppe,John,Michael,James,George,Paul,Peter,
Mathis,Loïc,Yannick,Frédéric,Christian,Dominic,Pascal,Bruno,Laurent,Rémi,Étienne,Jérémie,Tristan,Adam,Rayan,Elliot,Paul-Émile`;

const byRank = (text: string): WeightedName[] =>
  text.split(",").map((name, rank) => ({ name: name.trim(), weight: 1 / (rank + 8) }));

export const givenNames = { female: byRank(women), male: byRank(men) } as const;

const beginnings =
  `Bar,Bel,Ber,Bon,Bri,Cas,Cha,Cor,Dal,Del,Des,Du,Fer,Fon,Gal,Gar,Gri,Hal,Kar,La,Lan,Le,Lar,Mal,Mar,Mon,Nor,Pel,
Per,Pin,Que,Ram,Ro,Sal,San,Sar,Ta,Ter,Tor,Val,Ver,Vi,Za`.split(",");
const middles =
  "ba,be,bi,cha,che,da,de,di,fi,ga,ge,la,le,li,ma,me,mi,na,ne,ni,no,pa,pi,ra,re,ri,ro,sa,se,si,ta,te,ti,va,ve,vi".split(
    ",",
  );
const endings =
  "ault,eau,eaux,er,et,ette,ier,ières,in,ois,on,ont,ot,ard,al,el,ec,ic,ski,ez,os,ian,aoui,anh,ura,sson".split(",");

/** The long tail: a rare family name for each number, the same every time. 43 × 36 × 26 of them. */
export function rareFamilyName(index: number): string {
  const pick = (list: readonly string[], at: number) => (list[at % list.length] ?? "").trim();
  const middle = Math.floor(index / beginnings.length);
  return `${pick(beginnings, index)}${pick(middles, middle)}${pick(endings, Math.floor(middle / middles.length))}`;
}
export const rareFamilyNames = beginnings.length * middles.length * endings.length;
