import { PathExt } from '@jupyterlab/coreutils';
import { UseSignal } from '@jupyterlab/ui-components';
import React, { useId } from 'react';

import { useTrans } from '../shared/room-widget';
import { State } from '../shared/state';
import { ActionList } from './action-list';
import { FindingList } from './finding-list';
import type { Finding } from './findings';
import type { INotebookRoom, IOpenNotebook } from './tokens';
import { keptOf, verdictOf } from './verdict';

interface IProps {
  room: INotebookRoom;
  reveal: (notebook: IOpenNotebook, cell: string) => void;
  fix: (finding: Finding) => void;
}

/** *This notebook*: its verdict, the five actions in walking order, and what to mend. */
export function ThisNotebook(props: IProps): JSX.Element {
  return (
    <UseSignal signal={props.room.changed}>
      {() => <Current {...props} notebook={props.room.current} />}
    </UseSignal>
  );
}

function Current(props: IProps & { notebook: IOpenNotebook | null }): JSX.Element {
  const trans = useTrans();
  const heading = useId();
  const { notebook, room } = props;
  return (
    <section className="ck-ThisNotebook" aria-labelledby={heading}>
      <h2 className="ck-ThisNotebook-title" id={heading}>
        {notebook ? PathExt.basename(notebook.path) : trans.__('This notebook')}
      </h2>
      {notebook ? (
        <Verdict notebook={notebook} />
      ) : (
        <p className="ck-ThisNotebook-hint">
          {trans.__('Open a notebook to see what becomes of it.')}
        </p>
      )}
      <ActionList room={room} />
      {notebook && notebook.analysis && (
        <FindingList
          notebook={notebook}
          findings={notebook.analysis.findings}
          reveal={cell => props.reveal(notebook, cell)}
          fix={props.fix}
        />
      )}
    </section>
  );
}

function Verdict({ notebook }: { notebook: IOpenNotebook }): JSX.Element {
  const trans = useTrans();
  const { state, words } = verdictOf(notebook, trans);
  const kept = keptOf(notebook, trans);
  return (
    <div className="ck-ThisNotebook-verdict" aria-live="polite">
      <State value={state} label={words} />
      {kept && <span className="ck-ThisNotebook-kept">{kept}</span>}
      {notebook.failure && <p className="ck-Problem">{notebook.failure}</p>}
    </div>
  );
}
