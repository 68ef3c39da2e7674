import {
  IconBarrierBlock,
  IconBeach,
  IconCalendarOff,
  IconClock,
  IconDoor,
  IconHourglass,
  IconUser,
  IconUsers,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Reason, ReasonCode } from "#server/appointment/record.ts";
import classes from "./reasons.module.css";
import type { AgendaWords } from "./use-agenda-words.ts";

const icons: Partial<Record<ReasonCode, ReactNode>> = {
  busy: <IconUser />,
  block: <IconBarrierBlock />,
  room: <IconDoor />,
  device: <IconDoor />,
  team: <IconUsers />,
  together: <IconUsers />,
  buffer: <IconHourglass />,
  leave: <IconBeach />,
  holiday: <IconCalendarOff />,
  closure: <IconCalendarOff />,
};

interface ReasonsProps {
  reasons: readonly Reason[];
  words: AgendaWords;
  locationId: string | undefined;
}

/** Why a time is refused: every reason on its own line. */
export function Reasons({ reasons, words, locationId }: ReasonsProps) {
  return (
    <ul className={classes.reasons}>
      {reasons.map((reason, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one answer, in its order.
        <li key={index}>
          <span aria-hidden>{icons[reason.code] ?? <IconClock />}</span>
          <span>{words.reason(reason, locationId)}</span>
        </li>
      ))}
    </ul>
  );
}
