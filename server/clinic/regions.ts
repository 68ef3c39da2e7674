/** The seventeen administrative regions, by their official number (decree 2000-87). Proper nouns, the same in both languages. */
export const regions = {
  "01": "Bas-Saint-Laurent",
  "02": "Saguenay–Lac-Saint-Jean",
  "03": "Capitale-Nationale",
  "04": "Mauricie",
  "05": "Estrie",
  "06": "Montréal",
  "07": "Outaouais",
  "08": "Abitibi-Témiscamingue",
  "09": "Côte-Nord",
  "10": "Nord-du-Québec",
  "11": "Gaspésie–Îles-de-la-Madeleine",
  "12": "Chaudière-Appalaches",
  "13": "Laval",
  "14": "Lanaudière",
  "15": "Laurentides",
  "16": "Montérégie",
  "17": "Centre-du-Québec",
} as const;

export type RegionCode = keyof typeof regions;
export const regionCodes = Object.keys(regions).sort() as [RegionCode, ...RegionCode[]];

/** Québec's three: most of it, the Magdalen Islands, and the Lower North Shore east of Natashquan, which keeps standard time all year. */
export const timeZones = ["America/Toronto", "America/Halifax", "America/Blanc-Sablon"] as const;
