import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";

/**
 * What a message asks of its caller: `count:plural`, `name:argument`, `link:tag`…, sorted, each once.
 * @throws when the text is not a well-formed ICU message.
 */
export function icuArguments(text: string): string[] {
  const found = new Set<string>();
  gather(parse(text), found);
  return [...found].sort();
}

function gather(elements: MessageFormatElement[], found: Set<string>): void {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    found.add(`${element.value}:${TYPE[element.type]}`);
    if (element.type === TYPE.tag) gather(element.children, found);
    if (element.type === TYPE.select || element.type === TYPE.plural) {
      for (const option of Object.values(element.options)) gather(option.value, found);
    }
  }
}
