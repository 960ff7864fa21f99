import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_ACTIONS, AUDIT_ACTIONS, actionsFor } from '../../shared/inventory/actions.ts';
import { SETTINGS } from '../../shared/settings/settings.ts';
import { replaceSection, YAML } from './markdown.ts';
import { renderReadPolicy } from './read-policy.ts';
import { renderReadme } from './readme.ts';
import { END_OF_HEADER, renderRuleDoc, renderRuleHeader } from './rule-doc.ts';
import { loadRules } from './rule-files.ts';
import { renderRuleIndex } from './rule-index.ts';
import { renderParams, renderStackSettings } from './stack-settings.ts';

/** A file that is generated, wholly or in part: as it is, and as it should be. `undefined`: there is none, or none can be made. */
export interface GeneratedFile {
  path: string;
  is: string | undefined;
  shouldBe: string | undefined;
}

/** Every generated file under `root`. Throws, naming the file, when one cannot be rendered. */
export async function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
  const rules = await loadRules(root);
  const metas = rules.map((rule) => rule.meta);
  const file = (path: string, render: (text: string | undefined) => string | undefined): GeneratedFile => {
    const is = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
    try {
      return { path, is, shouldBe: render(is) };
    } catch (error) {
      throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  };
  return [
    file('shared/rules/index.ts', () => renderRuleIndex(rules)),
    file('infra/iam/read.json', () => renderReadPolicy(AUDIT_ACTIONS)),
    file('infra/settings.json', renderStackSettings),
    file('serverless.yml', (text) => (text === undefined ? undefined : replaceSection(text, 'params', renderParams(), YAML))),
    // Mostly hand-written, so it cannot be made of nothing.
    file('README.md', (text) =>
      text === undefined ? undefined : renderReadme(text, { rules: metas, settings: SETTINGS, actions: ALL_ACTIONS }),
    ),
    ...rules.map((rule) =>
      file(`docs/rules/${rule.meta.id}.md`, (text = END_OF_HEADER) => renderRuleDoc(renderRuleHeader(rule, actionsFor(rule.needs)), text)),
    ),
  ];
}

/** Whether a file is as it should be; a missing one is not. */
export const isCurrent = ({ is, shouldBe }: GeneratedFile): boolean => is !== undefined && is === shouldBe;

/** Writes what is not current, and gives the paths that it wrote. */
export async function writeGenerated(root: string): Promise<readonly string[]> {
  const stale = (await generatedFiles(root)).filter((file) => !isCurrent(file));
  return stale.flatMap(({ path, shouldBe }) => {
    if (shouldBe === undefined) return [];
    writeFileSync(join(root, path), shouldBe);
    return [path];
  });
}
