import type { MantineColorsTuple } from "@mantine/core";

/** Ten shades each, light to dark. Shade 6 (7 for ardoise) carries white text or stands as text on paper at AA; shade 4 does the same in the dark theme. */
export const ramps = {
  encre: tuple("#F1F5F7 #E0E8EC #C0CFD7 #9BB2BE #6F8D9C #456A7D #1E3A4C #19313F #142733 #0E1C25"),
  sapin: tuple("#EFF7F4 #DDEEE8 #B9DDD0 #8CCBB6 #5CC2A4 #3B9A80 #1F6F5C #185A4A #10463A #07231B"),
  lampe: tuple("#FDF6E9 #FCF1DD #FAE3BD #F7D095 #F5C983 #E8A33D #B87817 #8A5A0E #744700 #3A2D15"),
  brique: tuple("#FDF3F1 #FAE9E5 #F3CBC3 #F0B3A7 #F5A394 #D4624E #B3402E #A23524 #7E2819 #40221D"),
  ciel: tuple("#F2F8F8 #E6F0F2 #CFE1E5 #A9C6CE #86AEB9 #5F909D #42727F #315964 #1D313A #14242B"),
  /** Mantine paints its dark surfaces with these: text, …, lines, hover, surface, page. */
  dark: tuple("#E7EEF0 #C7D3D8 #A3B5BD #7D929C #33454F #1C282E #17232A #10191E #0D1519 #0A1014"),
  ardoise: tuple("#F5F7F7 #F0F2F1 #E3E6E4 #CDD5D7 #A3B5BD #7D8C92 #66767D #56666E #3E4C53 #26363F"),
};

function tuple(shades: string): MantineColorsTuple {
  return shades.split(" ") as unknown as MantineColorsTuple;
}
