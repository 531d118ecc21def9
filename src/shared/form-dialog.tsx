import { Dialog } from '@jupyterlab/apputils';
import React from 'react';

import { sentenceOf } from '../border/failure';
import { useFirstFocus } from './focus';
import { type IRoomContext, RoomWidget, useTrans } from './room-widget';

/** A dialog in which Enter belongs to the form and not to a button of the dialog's own. */
class FormDialog extends Dialog<void> {
  protected _evtKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter') {
      super._evtKeydown(event);
    }
  }
}

/** What a form's body gets: its value, and how to change it. */
export interface IFormBody<Value> {
  value: Value;
  change: (part: Partial<Value>) => void;
}

/** A form in a dialog that stays open, with the sentence, until the server took what it sends. */
export interface IFormOptions<Value, Made> {
  title: string;
  submit: string;
  initial: Value;
  body: (form: IFormBody<Value>) => JSX.Element;
  /** Return why this cannot be sent yet, or null. */
  missing?: (value: Value) => string | null;
  send: (value: Value) => Promise<Made>;
}

/**
 * Ask with a form and send what it says.
 *
 * Resolves to what was made, or to null when the form was dismissed. A failure is shown in the
 * form, and the button sends once however often it is pressed.
 */
export async function askWithForm<Value, Made>(
  context: IRoomContext,
  options: IFormOptions<Value, Made>
): Promise<Made | null> {
  let made: Made | null = null;
  const body = new RoomWidget(context, () => (
    <Form
      options={options}
      done={result => {
        made = result;
        dialog.reject();
      }}
      dismiss={() => dialog.reject()}
    />
  ));
  body.addClass('ck-FormDialog');
  const dialog = new FormDialog({ title: options.title, body, buttons: [], hasClose: true });
  await dialog.launch();
  return made;
}

function Form<Value, Made>(props: {
  options: IFormOptions<Value, Made>;
  done: (made: Made) => void;
  dismiss: () => void;
}): JSX.Element {
  const { options, done, dismiss } = props;
  const trans = useTrans();
  const [value, setValue] = React.useState(options.initial);
  const [busy, setBusy] = React.useState(false);
  const [failure, setFailure] = React.useState<string | null>(null);
  const sending = React.useRef(false);
  const place = useFirstFocus<HTMLDivElement>();
  const missing = options.missing?.(value) ?? null;
  const send = async (): Promise<void> => {
    if (sending.current || missing) {
      return;
    }
    sending.current = true;
    setBusy(true);
    setFailure(null);
    try {
      done(await options.send(value));
    } catch (error) {
      setFailure(sentenceOf(error));
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };
  return (
    <div
      ref={place}
      className="ck-Form"
      onKeyDown={event => {
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
          event.preventDefault();
          void send();
        }
      }}
    >
      <div className="ck-Form-body">
        {options.body({ value, change: part => setValue(old => ({ ...old, ...part })) })}
      </div>
      {failure !== null && (
        <p className="ck-Form-failure" role="alert">
          {failure}
        </p>
      )}
      {missing !== null && <p className="ck-Form-missing">{missing}</p>}
      <div className="ck-Form-buttons">
        <button
          type="button"
          className="jp-Dialog-button jp-mod-styled jp-mod-reject"
          onClick={dismiss}
        >
          {trans.__('Cancel')}
        </button>
        <button
          type="button"
          className="jp-Dialog-button jp-mod-styled jp-mod-accept"
          disabled={missing !== null}
          aria-busy={busy}
          onClick={() => void send()}
        >
          {busy ? trans.__('Sending…') : options.submit}
        </button>
      </div>
    </div>
  );
}
