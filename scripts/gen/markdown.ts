/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text as code. */
export const code = (text: string): string => `\`${text}\``;

const MARKDOWN = (marker: string): string => `<!-- ${marker} -->`;
export const YAML = (marker: string): string => `    # ${marker}`;

/** The text with what stands between the markers of a name replaced. The markers are comments of the file's language. */
export function replaceSection(text: string, name: string, body: string, comment = MARKDOWN): string {
  const [start, end] = [comment(`generated:${name}`), comment(`/generated:${name}`)];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the markers ${start} and ${end} are missing; put them where the table belongs`);
  return `${text.slice(0, from + start.length)}\n${body}\n${text.slice(to)}`;
}
