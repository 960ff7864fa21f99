import { incompleteSection } from '../../shared/findings/report/gaps.ts';
import { printedJson } from '../../shared/render/json.ts';
import { terminal as asText } from '../../shared/render/terminal.ts';
import { preflightFields, preflightReportOf } from '../../shared/teardowns/preflight-content.ts';
import { parsePreflight } from '../arguments.ts';
import { preflightExitCode } from '../exit-code.ts';
import { print } from '../output.ts';
import type { Command } from '../ports.ts';
import { progress } from '../progress.ts';
import { viewOf } from '../view.ts';
import { prepare } from './prepare.ts';

/** `sgp-warden preflight` */
export const preflightCommand: Command = async (argv, terminal, world) => {
  const { value: asked, problems } = parsePreflight(argv);
  const { settings, regions } = await prepare({ regions: asked.regions, problems }, terminal, world);
  const line = progress(terminal);
  try {
    // Without a problem there is exactly one region: --region may be given once.
    const request = { region: regions[0] ?? '', cluster: asked.cluster };
    const report = await world.preflight({ settings, onProgress: line.says }, request);
    line.clear();
    const table = () => asText([preflightReportOf(report, incompleteSection(report.coverage))], viewOf(terminal.stdout, terminal.env));
    await print(terminal.stdout, asked.format === 'json' ? printedJson(preflightFields(report)) : table());
    return preflightExitCode(report);
  } finally {
    line.clear();
  }
};
