import { useId } from "react";
import { House, type HouseProps } from "./house.tsx";
import classes from "./street.module.css";

/** Triplexes as in Limoilou or on the Plateau: six are drawn once and stand several times in the row. */
const houses: HouseProps[] = [
  { width: 104, height: 132, wall: 1, stair: "right", top: "cornice" },
  { width: 92, height: 148, wall: 2, stair: "left", top: "parapet" },
  { width: 112, height: 138, wall: 3, stair: "right", top: "mansard" },
  { width: 96, height: 126, wall: 1, stair: "left", top: "parapet" },
  { width: 108, height: 150, wall: 2, stair: "right", top: "cornice" },
  { width: 96, height: 134, wall: 3, stair: "left", top: "cornice" },
];
const row = [2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 1, 4, 3, 0, 5];
const litPlace = 8;
const gap = 4;
const places = placeAll();
const lit = places[litPlace] ?? { house: 0, x: 0 };
const litHouse = houses[lit.house] ?? { width: 0, height: 0 };
const length = (places.at(-1)?.x ?? 0) + (houses[row.at(-1) ?? 0]?.width ?? 0);
const trees = [3, 6, 9, 13, 16];

function placeAll(): { house: number; x: number }[] {
  let x = 0;
  return row.map((house) => {
    const at = x;
    x += (houses[house]?.width ?? 0) + gap;
    return { house, x: at };
  });
}

/** The drawn street of public pages, with one lit window. It says nothing, so nothing reads it out. */
export function Street({ className }: { className?: string }) {
  const id = useId();
  return (
    <svg
      className={`${classes.street} ${className ?? ""}`}
      viewBox={`0 0 ${length} 190`}
      preserveAspectRatio="xMidYMax slice"
      aria-hidden
      focusable="false"
    >
      <defs>
        {houses.map((house, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a constant list.
          <g key={index} id={`${id}${index}`}>
            <House {...house} />
          </g>
        ))}
      </defs>
      {places.map(({ house, x }) => (
        <use key={x} href={`#${id}${house}`} x={x} />
      ))}
      <g transform={`translate(${lit.x + litHouse.width * 0.42} ${208 - litHouse.height})`}>
        <path className={classes.lit} d="M0 0h16v24h-16z" />
        <path className={classes.litSash} d="M8 0v24M0 10h16" />
      </g>
      {trees.map((place) => (
        <path
          key={place}
          className={classes.tree}
          d={`M${(places[place]?.x ?? 0) - 2} 182v-34m0 16l-9-12m9 4l10-14m-10 6l-7-16m7 4l6-14`}
        />
      ))}
      <rect className={classes.walk} width={length} y={180} height={10} />
    </svg>
  );
}
