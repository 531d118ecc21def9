import React from 'react';

import { useFirstFocus } from '../shared/focus';
import { useTrans } from '../shared/room-widget';
import type { Recipe } from './api';
import { VerdictLine } from './proof';

/** The verdict in words, and where to go from here. */
export function Made(props: {
  recipe: Recipe;
  close: () => void;
  leaveFor: (command: string, args: Record<string, string | number>) => void;
}): JSX.Element {
  const trans = useTrans();
  const { recipe, leaveFor } = props;
  const { name, version } = recipe;
  const place = useFirstFocus<HTMLDivElement>();
  return (
    <div ref={place} className="ck-CreateRecipe-page">
      <h3>{trans.__('%1, version %2, is made', name, version)}</h3>
      <VerdictLine recipe={recipe} />
      <div className="ck-CreateRecipe-buttons">
        <button
          type="button"
          className="jp-Dialog-button jp-mod-styled jp-mod-reject"
          onClick={props.close}
        >
          {trans.__('Close')}
        </button>
        <button
          type="button"
          className="jp-Dialog-button jp-mod-styled jp-mod-reject"
          onClick={() => leaveFor('cookhouse:open-recipe', { name })}
        >
          {trans.__('Open Recipe')}
        </button>
        <button
          type="button"
          className="jp-Dialog-button jp-mod-styled jp-mod-accept"
          onClick={() => leaveFor('cookhouse:train-recipe', { recipe: name, version })}
        >
          {trans.__('Train')}
        </button>
      </div>
    </div>
  );
}
