import type { AnyState } from '../shared/state';
import type { Service } from './api';

/** A running service serves: the word `running` alone would look like work that comes to an end. */
export function lookOf(state: Service['state']): AnyState {
  return state === 'running' ? 'serving' : state;
}
