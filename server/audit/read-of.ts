/**
 * What a list showed, for its line in the journal: the rows whose words were read, and apart those of which no more was shown than whom they are about. Once
 * the words are shown, the line is another one.
 */
export function readOf(rows: readonly { readonly id: string; readonly withheld: boolean }[]) {
  const those = (withheld: boolean) => rows.filter((row) => row.withheld === withheld).map(({ id }) => id);
  const kept = those(true);
  return { entityIds: those(false), ...(kept.length > 0 && { detail: { withheld: kept } }) };
}
