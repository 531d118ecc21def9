import { Dialog, showDialog, showErrorMessage } from '@jupyterlab/apputils';

import { sentenceOf } from '../border/failure';

/** Ask before something is lost; resolves to whether the person agreed. */
export async function confirmed(title: string, body: string, label: string): Promise<boolean> {
  const answer = await showDialog({
    title,
    body,
    buttons: [Dialog.cancelButton(), Dialog.warnButton({ label })]
  });
  return answer.button.accept;
}

/** Do something; a failure is shown with its sentence, and the answer is null. */
export async function guarded<T>(title: string, act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    await showErrorMessage(title, sentenceOf(error));
    return null;
  }
}
