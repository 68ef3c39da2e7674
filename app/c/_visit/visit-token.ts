let token: string | undefined;

/**
 * What this page holds of a hold or a visit: in its memory alone, so that it works in another site's frame, where no cookie and no
 * storage can be counted on, and is gone with the page. Sent in a header, never in an address.
 */
export const visitToken = {
  keep(fresh: string | undefined) {
    token = fresh;
  },
  header: (): Record<string, string> => (token ? { "x-chevet-visit": token } : {}),
};
