/**
 * A policy's expression in few words, so that a page of them can be read and judged, and computed with:
 * `clinic_id=@clinic_id` is the column against the transaction's setting `app.clinic_id`, and `unrestricted` is the clause that
 * keeps from somebody what a patient asked them not to see, `clinical` that they give care here, `suited` that the row says
 * nothing of care or that they do, `unmixed` that nothing which a letter or a note brought from elsewhere in the chart is kept from them, `addressed` that the row is private
 * to nobody, or to them, `placed` the one that keeps from a member what is at a place where they do not work. Whatever is not one of
 * the known forms stays as PostgreSQL prints it.
 */
export function condense(expression: string | null): string | null {
  if (expression === null) return null;
  const known = condensed.get(expression);
  if (known !== undefined) return known;
  const short = shorten(expression);
  condensed.set(expression, short);
  return short;
}

const condensed = new Map<string, string>();

function shorten(expression: string): string {
  let text = expression.replaceAll(/\s+/g, " ");
  text = text.replaceAll(/NULLIF\(current_setting\('app\.(\w+)'::text, true\), ''::text\)/g, "@$1");
  text = text.replaceAll(/\((@\w+)\)::uuid/g, "$1");
  text = text.replaceAll(/decode\((@\w+), 'hex'::text\)/g, "$1");
  text = text.replaceAll(/\(@(\w+) IS NOT NULL\)/g, "@$1-given");
  text = text.replaceAll(/\(@(\w+) IS NULL\)/g, "@$1-absent");
  text = text.replaceAll(/\(NOT \((\w+) IS DISTINCT FROM (@\w+)\)\)/g, "$1~$2");
  text = text.replaceAll(/\("?(\w+)"? = (@\w+)\)/g, "$1=$2");
  text = text.replace(restriction, "unrestricted").replace(placed, "placed").replace(anywhere, "placed-or-anywhere");
  text = text.replace(mixed, "unmixed").replace(addressed, "addressed");
  text = text.replace("((NOT clinical) OR (current_setting('app.clinical'::text, true) = 'on'::text))", "suited");
  text = text.replace("(current_setting('app.clinical'::text, true) = 'on'::text)", "clinical");
  text = text.replace("(clinical OR (status = 'received'::text) OR handled_by=@user_id)", "handled");
  return withoutOuterParentheses(text).replaceAll(" AND ", " & ").replaceAll(" OR ", " | ");
}

const restriction =
  "(@denied-absent OR (patient_id IS NULL) OR ((POSITION((((patient_id)::text || ':*'::text)) IN (current_setting('app.denied'::text, true))) = 0) AND (POSITION((((((patient_id)::text || ':'::text) || category) || ';'::text)) IN (current_setting('app.denied'::text, true))) = 0)))";

const mixed =
  "(@denied-absent OR (patient_id IS NULL) OR (categories = ''::text) OR (current_setting('app.denied'::text, true) !~ ((((patient_id)::text || ':('::text) || categories) || ');'::text)))";

const addressed =
  "((audience = ''::text) OR author_id=@user_id OR (POSITION(((('user:'::text || @user_id) || ';'::text)) IN (audience)) > 0) OR (POSITION(((('profession:'::text || @profession) || ';'::text)) IN (audience)) > 0) OR patient_id=@glass_patient)";
const placed =
  "(@locations-absent OR (POSITION(((location_id)::text) IN (current_setting('app.locations'::text, true))) > 0))";
const anywhere =
  "(@locations-absent OR (location_id IS NULL) OR (POSITION(((location_id)::text) IN (current_setting('app.locations'::text, true))) > 0))";

export function withoutOuterParentheses(text: string): string {
  if (!text.startsWith("(") || closingOf(text, 0) !== text.length - 1) return text;
  return withoutOuterParentheses(text.slice(1, -1));
}

function closingOf(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** The parts of a condition joined by `operator` at its top level; one part when there is none. */
export function split(condition: string, operator: "&" | "|" | "AND"): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < condition.length; at += 1) {
    if (condition[at] === "(") depth += 1;
    if (condition[at] === ")") depth -= 1;
    if (depth === 0 && condition.startsWith(` ${operator} `, at)) {
      parts.push(condition.slice(start, at));
      start = at + operator.length + 2;
    }
  }
  return [...parts, condition.slice(start)].map((part) => withoutOuterParentheses(part.trim()));
}

/** What must hold whichever way the condition is met: its top-level conjuncts, none when alternatives stand at the top. */
export function conjuncts(condition: string): string[] {
  return split(condition, "|").length > 1 ? [] : split(condition, "&");
}
