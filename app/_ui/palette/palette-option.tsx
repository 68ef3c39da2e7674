import { KeyCap } from "../key-cap/key-cap.tsx";
import { Highlighted } from "./highlighted.tsx";
import classes from "./palette.module.css";
import type { PaletteItem } from "./palette-source.tsx";

type PaletteOptionProps = {
  id: string;
  item: PaletteItem;
  query: string;
  selected: boolean;
  onPoint: () => void;
  onChoose: () => void;
};

/** One line that the palette found. The focus never leaves the field above: the mouse only points. */
export function PaletteOption({ id, item, query, selected, onPoint, onChoose }: PaletteOptionProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names this line as active.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox answers Enter for it.
    <div
      id={id}
      className={classes.option}
      role="option"
      aria-selected={selected}
      onMouseMove={selected ? undefined : onPoint}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {item.icon && (
        <span className={classes.icon} aria-hidden>
          {item.icon}
        </span>
      )}
      <span className={classes.words}>
        <span className={classes.label}>
          <Highlighted text={item.label} query={query} />
        </span>
        {item.detail && <span className={classes.detail}>{item.detail}</span>}
      </span>
      {item.chip}
      {item.keys && (
        <span className={classes.keys}>
          {item.keys.split(" ").map((key) => (
            <KeyCap key={key}>{key}</KeyCap>
          ))}
        </span>
      )}
    </div>
  );
}
