import type { Message } from '../border/request';
import type { IOpenNotebook } from './tokens';

/**
 * Return the cell where a stage happens: that of the proposed model's fit for *train*, the last
 * one with the stage for others, the last code cell where none has it.
 */
export function cellOfStage(
  notebook: Pick<IOpenNotebook, 'analysis' | 'request'>,
  stage: Message<'Statement'>['stage']
): string | null {
  const { analysis } = notebook;
  const proposed = analysis?.models.find(model => model.proposed) ?? analysis?.models[0];
  if (stage === 'train' && proposed) {
    return proposed.cell;
  }
  const last = analysis?.statements.filter(statement => statement.stage === stage).at(-1);
  const code = notebook.request().cells.filter(cell => cell.type === 'code');
  return last?.cell ?? code.at(-1)?.id ?? null;
}
