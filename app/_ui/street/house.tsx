import classes from "./street.module.css";

export type HouseProps = {
  width: number;
  /** Of the wall, above the pavement. */
  height: number;
  wall: 1 | 2 | 3;
  /** The side to which the outside staircase comes down. */
  stair: "left" | "right";
  top: "cornice" | "parapet" | "mansard";
};

const ground = 182;
const steps = [0, 1, 2, 3, 4, 5, 6, 7];

/** One house: two storeys of windows, a door below, a balcony and a door above, and the staircase between them. */
export function House({ width, height, wall, stair, top }: HouseProps) {
  const roof = ground - height;
  const upper = roof + 26;
  const balcony = ground - 62;
  const lower = balcony + 16;
  const columns = [0.12, 0.42, 0.72].map((share) => width * share);
  const doorColumn = stair === "left" ? 2 : 0;
  return (
    <g>
      <rect className={classes.wall} data-wall={wall} y={roof} width={width} height={height} />
      <Roof width={width} y={roof} top={top} />
      {columns.map((left, column) => (
        <Pane key={left} x={left} y={column === doorColumn ? balcony - 38 : upper} tall={column === doorColumn} />
      ))}
      {columns.map((left, column) => column !== doorColumn && <Pane key={left} x={left} y={lower + 4} />)}
      <rect className={classes.door} x={columns[doorColumn]} y={ground - 34} width={16} height={34} />
      <Stair width={width} y={balcony} side={stair} />
    </g>
  );
}

function Roof({ width, y, top }: { width: number; y: number; top: HouseProps["top"] }) {
  if (top === "mansard") {
    return <path className={classes.roof} d={`M0 ${y + 14}l6-24h${width - 12}l6 24z`} />;
  }
  if (top === "cornice") {
    return (
      <path className={classes.roof} d={`M-2 ${y}h${width + 4}v6h-${width + 4}zM${width / 2 - 14} ${y}l14-9l14 9z`} />
    );
  }
  return <path className={classes.roof} d={`M0 ${y - 4}h${width}v8h-${width}z`} />;
}

function Pane({ x, y, tall = false }: { x: number; y: number; tall?: boolean }) {
  if (tall) return <rect className={classes.door} x={x} y={y} width={16} height={38} />;
  return (
    <>
      <rect className={classes.pane} x={x} y={y} width={16} height={24} />
      <path className={classes.sash} d={`M${x + 8} ${y}v24M${x} ${y + 10}h16`} />
    </>
  );
}

/** From the balcony's end down to the pavement, with its rail. */
function Stair({ width, y, side }: { width: number; y: number; side: HouseProps["stair"] }) {
  const direction = side === "right" ? 1 : -1;
  const startX = side === "right" ? width * 0.4 : width * 0.6;
  const balconyX = side === "right" ? 4 : width * 0.58;
  const run = width * 0.44 * direction;
  const drop = ground - y;
  const stepRun = run / steps.length;
  const stepDrop = drop / steps.length;
  const treads = steps.map((step) => `M${startX + stepRun * step} ${y + stepDrop * (step + 1)}h${stepRun}`).join("");
  return (
    <>
      <rect className={classes.balcony} x={balconyX} y={y} width={width * 0.38} height={3} />
      <path
        className={classes.rail}
        d={`M${balconyX} ${y}v-12h${width * 0.38}v12M${balconyX + width * 0.13} ${y}v-12m${width * 0.12} 0v12`}
      />
      <path className={classes.rail} d={`M${startX} ${y - 12}l${run} ${drop}v12`} />
      <path className={classes.stair} d={`M${startX} ${y + 2}l${run} ${drop}`} />
      <path className={classes.rail} d={treads} />
    </>
  );
}
