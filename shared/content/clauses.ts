/** What a sentence says before it goes into detail: everything up to the first `: ` or `; `. */
export const firstClause = (text: string): string => (text.split(/[:;] /)[0] ?? '').replace(/\.$/, '');

/** The details that `firstClause` leaves out. */
export const afterFirstClause = (text: string): string => text.slice(text.split(/[:;] /)[0]?.length ?? 0).replace(/^[:;] /, '');
