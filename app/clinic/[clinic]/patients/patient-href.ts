/** Where a patient opens: the chart, or what of it the front desk may see. */
export const patientHref = (slug: string, id: string) => `/clinic/${slug}/patients/${id}`;
