import type { MantineColorSchemeManager } from "@mantine/core";
import { type Appearance, appearanceCookie, readAppearance } from "./appearance.ts";

const channelName = "chevet-theme";

/** Mantine's memory for light and dark: a cookie instead of local storage, and a channel so that every open tab follows. */
export function cookieAppearance(initial: Appearance): MantineColorSchemeManager {
  let current = initial;
  let channel: BroadcastChannel | undefined;
  return {
    get: () => current,
    set: (value) => {
      current = value;
      const secure = location.protocol === "https:" ? "; secure" : "";
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we support.
      document.cookie = `${appearanceCookie}=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
      channel?.postMessage(value);
    },
    subscribe: (onUpdate) => {
      channel = new BroadcastChannel(channelName);
      channel.onmessage = ({ data }) => {
        const received = readAppearance(data);
        if (received !== current) onUpdate(received);
      };
    },
    unsubscribe: () => channel?.close(),
    clear: () => {
      current = "auto";
    },
  };
}
