import { type KeyboardEvent, useEffect, useRef, useState } from "react";

/**
 * For a searchable list whose answers come from the server: Enter and Tab take the first one, and never one that answered the letters before. Pressed
 * before the answer is there they wait for it, so that no word is dropped; the key of the whole form takes it too, and is pressed again to send.
 * @param isAsked something was typed, and is not what is chosen
 * @param isWaiting what is shown does not answer it yet
 * @param take chooses the first that is shown
 * @returns what the list takes (Mantine's Select)
 */
export function useFirstAnswer(isAsked: boolean, isWaiting: boolean, take: () => void) {
  const [isEager, setEager] = useState(false);
  const live = useRef(take);
  // An arrow chose one since the last letter: Enter is of the list then.
  const walked = useRef(false);
  useEffect(() => {
    live.current = take;
  });
  useEffect(() => {
    if (!isEager || isWaiting) return;
    setEager(false);
    if (isAsked) live.current();
  }, [isEager, isWaiting, isAsked]);
  return {
    selectFirstOptionOnChange: isAsked && !isWaiting,
    autoSelectOnBlur: isAsked && !isWaiting,
    // Chosen again, it stays chosen.
    allowDeselect: false,
    // The first answer is brought into view before the list has its place: of the page, that would be its top.
    comboboxProps: { floatingStrategy: "fixed" as const },
    onKeyDownCapture(event: KeyboardEvent) {
      if (!isAsked || event.nativeEvent.isComposing) return;
      if (event.key.startsWith("Arrow")) walked.current = true;
      const isEnter = event.key === "Enter" && (isWaiting || !walked.current || event.ctrlKey || event.metaKey);
      const isTab = event.key === "Tab" && isWaiting && !event.shiftKey;
      if (!isEnter && !isTab) {
        if (event.key.length > 1) return;
        walked.current = false;
        setEager(false);
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      setEager(true);
    },
  };
}
