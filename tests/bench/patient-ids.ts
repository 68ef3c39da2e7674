import { connect, type World } from "./world.ts";

/** Some patients of the largest clinic, without end: each call gives the id of another, in no order that an index has. */
export async function patientIds({ adminUrl, large }: World): Promise<() => string> {
  const admin = await connect(adminUrl);
  const { rows } = await admin.query<{ id: string }>(
    "select id from clinic.patient where clinic_id = $1 order by md5(id::text) limit 2000",
    [large.id],
  );
  await admin.end();
  let at = 0;
  return () => {
    at += 1;
    return rows[at % rows.length]?.id ?? "";
  };
}
