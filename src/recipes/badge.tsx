import React from 'react';

import type { Message } from '../border/request';
import { useTrans } from '../shared/room-widget';
import { State } from '../shared/state';
import { badgeWord, isProven, verdictMeaning } from './words';

type Judged = Pick<Message<'RecipeSummary'>, 'verdict' | 'accepted' | 'scoring' | 'sentence'>;

/** The proof in a word: never *proven* for what is not equal to the last bit. */
export function ProofBadge({
  recipe,
  short
}: {
  recipe: Omit<Judged, 'scoring'>;
  /** Only the sign, the word for the hover and the reader of the screen. */
  short?: boolean;
}): JSX.Element {
  const trans = useTrans();
  const accepted = recipe.accepted && !isProven(recipe);
  return (
    <span className="ck-Badge">
      <State
        short={short}
        value={accepted ? 'close' : recipe.verdict}
        label={badgeWord(recipe, trans)}
        title={[
          badgeWord(recipe, trans),
          recipe.sentence || verdictMeaning(recipe.verdict, trans)
        ].join('. ')}
      />
    </span>
  );
}

/** Whether scoring is safe, in a word. */
export function ScoringBadge({ recipe }: { recipe: Pick<Judged, 'scoring'> }): JSX.Element {
  const trans = useTrans();
  const words = {
    safe: trans.__('Safe to score'),
    refused: trans.__('Not safe to score'),
    unverified: trans.__('Scoring not verified')
  };
  return (
    <span className="ck-Badge">
      <State value={recipe.scoring} label={words[recipe.scoring]} />
    </span>
  );
}
