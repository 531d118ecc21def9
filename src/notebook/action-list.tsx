import { checkIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId } from 'react';

import { metric } from '../shared/format';
import { useRoom, useTrans } from '../shared/room-widget';
import { ACTIONS } from './guards';
import { ACTION_ICONS } from './icons';
import type { Action, INotebookRoom, IOpenNotebook } from './tokens';

/** The five actions in walking order, each with what it made, or why it cannot be done yet. */
export function ActionList({ room }: { room: INotebookRoom }): JSX.Element {
  const trans = useTrans();
  return (
    <ol className="ck-Actions" aria-label={trans.__('What to do with this notebook')}>
      {ACTIONS.map(action => (
        <ActionRow
          key={action}
          action={action}
          reason={room.reasonAgainst(action)}
          made={room.current && madeBy(action, room.current, trans)}
        />
      ))}
    </ol>
  );
}

function ActionRow(props: {
  action: Action;
  reason: string | null;
  made: string | null;
}): JSX.Element {
  const { commands } = useRoom();
  const { action, reason, made } = props;
  const id = useId();
  const command = `cookhouse:${action}`;
  const known = commands.hasCommand(command);
  const icon = ACTION_ICONS[action];
  const line = reason ?? made;
  return (
    <li className="ck-Action">
      <button
        type="button"
        className="ck-Action-button"
        aria-disabled={reason !== null || !known}
        aria-describedby={line ? id : undefined}
        title={reason ?? (known ? commands.caption(command) : '')}
        onClick={() => {
          if (reason === null && known) {
            void commands.execute(command);
          }
        }}
      >
        <icon.react tag="span" className="ck-Action-icon" aria-hidden="true" />
        <span className="ck-Action-label">{known ? commands.label(command) : action}</span>
        {made && <checkIcon.react tag="span" className="ck-Action-done" aria-hidden="true" />}
      </button>
      {line && (
        <div id={id} className="ck-Action-line" title={line}>
          {line}
        </div>
      )}
    </li>
  );
}

/** Say what an action has made of the notebook so far, null where it has made nothing. */
export function madeBy(
  action: Action,
  { recipe, model }: IOpenNotebook,
  trans: TranslationBundle
): string | null {
  if (action === 'create-recipe' && recipe) {
    return trans.__('%1, version %2: %3', recipe.name, recipe.version, verdictWord(recipe, trans));
  }
  if (action === 'train-recipe' && model?.best) {
    const name = model.best.metric;
    const value = name ? model.best.metrics[name] : undefined;
    return name && value !== undefined
      ? trans.__('%1: %2 %3', model.name, name, metric(value))
      : model.name;
  }
  if (action === 'publish-model' && model?.services.length) {
    return model.services.join(', ');
  }
  return null;
}

function verdictWord(
  recipe: NonNullable<IOpenNotebook['recipe']>,
  trans: TranslationBundle
): string {
  if (recipe.accepted) {
    return trans.__('accepted difference');
  }
  const words: Record<typeof recipe.verdict, string> = {
    exact: trans.__('proven exact'),
    pinned: trans.__('proven with randomness pinned'),
    close: trans.__('close, not proven'),
    differs: trans.__('differs'),
    unverified: trans.__('not verified')
  };
  return words[recipe.verdict];
}
