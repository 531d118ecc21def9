import { Dialog, ReactWidget, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId } from 'react';

import { bytes } from '../shared/format';
import { ENDINGS, isName, nameFrom } from './names';

/** What is added to a dataset: files of this computer, or files below the server's root. */
export interface IChosen {
  name: string;
  files: File[];
  paths: string[];
}

/** What the dialog starts from. */
export interface IAsked {
  /** The dataset, where it is known. */
  name?: string;
  files: File[];
  paths: string[];
  /** The datasets there are, to choose from. */
  known: string[];
}

/** Ask which files go into which dataset; null where it was dismissed. */
export async function askIngest(asked: IAsked, trans: TranslationBundle): Promise<IChosen | null> {
  const body = new IngestForm(asked, trans);
  for (;;) {
    const result = await showDialog({
      title: trans.__('Add data'),
      body: body.again(),
      buttons: [
        Dialog.cancelButton(),
        Dialog.okButton({
          label: trans.__('Add as One Batch'),
          caption: trans.__('Add the rows of all files together, or none of them')
        })
      ],
      focusNodeSelector: asked.files.length + asked.paths.length ? '.ck-Ingest-name' : 'input'
    });
    if (!result.button.accept) {
      return null;
    }
    const problem = body.check();
    if (!problem) {
      return body.chosen;
    }
  }
}

/** The dialog's form. It lives through several showings, until what it holds can be used. */
class IngestForm {
  constructor(
    private readonly asked: IAsked,
    private readonly trans: TranslationBundle
  ) {
    const first = asked.paths[0] ?? asked.files[0]?.name;
    const name = asked.name ?? (first ? nameFrom(first) : '');
    this.chosen = { name, files: asked.files, paths: asked.paths };
  }

  chosen: IChosen;

  /** A widget for the next showing. */
  again(): ReactWidget {
    const widget = ReactWidget.create(
      <Fields
        asked={this.asked}
        chosen={this.chosen}
        problem={this.problem}
        trans={this.trans}
        onChange={chosen => {
          this.chosen = chosen;
        }}
      />
    );
    widget.addClass('ck-Ingest');
    return widget;
  }

  /** The sentence of what is missing or wrong; empty where it can be used. */
  check(): string {
    const { name, files, paths } = this.chosen;
    if (files.length + paths.length === 0) {
      this.problem = this.trans.__('Choose at least one file.');
    } else if (!isName(name)) {
      this.problem = this.trans.__(
        'A dataset’s name has 1 to 80 letters, digits, _ and -, and begins with a letter or digit.'
      );
    } else {
      this.problem = '';
    }
    return this.problem;
  }

  private problem = '';
}

function Fields(props: {
  asked: IAsked;
  chosen: IChosen;
  problem: string;
  trans: TranslationBundle;
  onChange: (chosen: IChosen) => void;
}): JSX.Element {
  const { asked, trans } = props;
  const [chosen, setChosen] = React.useState(props.chosen);
  const [touched, setTouched] = React.useState(Boolean(props.chosen.name));
  const id = useId();
  const change = (part: Partial<IChosen>): void => {
    const next = { ...chosen, ...part };
    setChosen(next);
    props.onChange(next);
  };
  const choose = (files: File[]): void => {
    const name = touched || !files.length ? chosen.name : nameFrom(files[0].name);
    change({ files, name });
  };
  const fixed = asked.files.length + asked.paths.length > 0;
  return (
    <div className="ck-Fields">
      <div className="ck-Field">
        {fixed ? (
          <span className="ck-Field-label">{trans.__('Files')}</span>
        ) : (
          <label className="ck-Field-label" htmlFor={`${id}-files`}>
            {trans.__('Files')}
          </label>
        )}
        {!fixed && (
          <input
            id={`${id}-files`}
            type="file"
            multiple
            accept={ENDINGS.join(',')}
            onChange={event => choose([...(event.target.files ?? [])])}
          />
        )}
        {(fixed || chosen.files.length > 0) && <Files chosen={chosen} />}
        <div className="ck-Field-help">
          {trans.__('CSV, JSON, JSON Lines or Parquet. All rows are added together, or none.')}
        </div>
      </div>
      <div className="ck-Field">
        <label className="ck-Field-label" htmlFor={`${id}-name`}>
          {trans.__('Dataset')}
        </label>
        <input
          id={`${id}-name`}
          className="ck-Ingest-name jp-mod-styled"
          list={`${id}-known`}
          value={chosen.name}
          readOnly={asked.name !== undefined}
          onChange={event => {
            setTouched(true);
            change({ name: event.target.value.trim() });
          }}
        />
        <datalist id={`${id}-known`}>
          {asked.known.map(name => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <div className="ck-Field-help">
          {asked.known.includes(chosen.name)
            ? trans.__('The rows are added after those it has.')
            : trans.__('A new dataset is made; its first batch gives its schema.')}
        </div>
      </div>
      {props.problem && (
        <p className="ck-Field-error" role="alert">
          {props.problem}
        </p>
      )}
    </div>
  );
}

function Files(props: { chosen: IChosen }): JSX.Element {
  return (
    <ul className="ck-Ingest-files">
      {props.chosen.paths.map(path => (
        <li key={path}>{path}</li>
      ))}
      {props.chosen.files.map(file => (
        <li key={file.name}>
          {file.name} <span className="ck-Muted">{bytes(file.size)}</span>
        </li>
      ))}
    </ul>
  );
}
