import type { Cell, ICodeCellModel } from '@jupyterlab/cells';
import type { IError } from '@jupyterlab/nbformat';
import type { TranslationBundle } from '@jupyterlab/translation';

/** Say why a cell failed: by the error among its outputs, where it left one. */
export function whyFailed(cell: Cell | undefined, place: number, trans: TranslationBundle): string {
  const rest = trans.__('The cells after it were not run.');
  const error = cell && errorOf(cell.model as ICodeCellModel);
  if (!error) {
    return `${trans.__('Cell %1 did not run to its end. Look at the kernel.', place)} ${rest}`;
  }
  const name = error.evalue ? `${error.ename}: ${error.evalue}` : error.ename;
  return `${trans.__('Cell %1 failed with %2.', place, name)} ${rest}`;
}

function errorOf(model: ICodeCellModel): IError | undefined {
  return model.sharedModel.outputs.find(
    (output): output is IError => output.output_type === 'error'
  );
}
