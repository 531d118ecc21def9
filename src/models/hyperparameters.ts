import type { JSONSchema7 } from 'json-schema';

import type { Message } from '../border/request';

type Hyperparameter = Message<'Hyperparameter'>;
type Values = Record<string, unknown>;

/** Put a recipe's hyperparameters into the JSON Schema that the form is made of. */
export function schemaOf(hyperparameters: readonly Hyperparameter[]): JSONSchema7 {
  return {
    type: 'object',
    properties: Object.fromEntries(hyperparameters.map(item => [item.name, propertyOf(item)])),
    additionalProperties: false
  };
}

function propertyOf(item: Hyperparameter): JSONSchema7 {
  const property: JSONSchema7 = {
    type: item.nullable ? [item.type, 'null'] : item.type,
    title: item.name,
    description: descriptionOf(item),
    default: item.default as JSONSchema7['default']
  };
  if (item.choices?.length) {
    property.enum = item.choices as JSONSchema7['enum'];
  }
  // A bound that is not part of the range has a keyword of its own in JSON Schema.
  if (typeof item.minimum === 'number') {
    property[item.exclusive_minimum ? 'exclusiveMinimum' : 'minimum'] = item.minimum;
  }
  if (typeof item.maximum === 'number') {
    property[item.exclusive_maximum ? 'exclusiveMaximum' : 'maximum'] = item.maximum;
  }
  return property;
}

function descriptionOf(item: Hyperparameter): string {
  const owner = item.owner?.split('.').pop();
  return [owner, item.description].filter(Boolean).join(': ');
}

/** The values that a notebook itself uses. */
export function defaultsOf(hyperparameters: readonly Hyperparameter[]): Values {
  return Object.fromEntries(hyperparameters.map(item => [item.name, item.default]));
}

/** What differs from the notebook's own values: only this is sent and stored. */
export function changesOf(hyperparameters: readonly Hyperparameter[], values: Values): Values {
  const defaults = defaultsOf(hyperparameters);
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) =>
        name in defaults && JSON.stringify(value) !== JSON.stringify(defaults[name])
    )
  );
}

/** Return a sentence for the first value that does not fit its range or type, else null. */
export function problemOf(
  hyperparameters: readonly Hyperparameter[],
  values: Values,
  words: (name: string, what: 'missing' | 'type' | 'range') => string
): string | null {
  for (const item of hyperparameters) {
    const value = values[item.name];
    if (value === null && item.nullable) {
      continue;
    }
    if (value === undefined || value === null || value === '') {
      if (item.type !== 'string' || value !== '') {
        return words(item.name, 'missing');
      }
    }
    if (item.type === 'integer' && !Number.isInteger(value)) {
      return words(item.name, 'type');
    }
    if (item.type === 'number' && typeof value !== 'number') {
      return words(item.name, 'type');
    }
    if (typeof value === 'number' && !inRange(item, value)) {
      return words(item.name, 'range');
    }
  }
  return null;
}

function inRange(item: Hyperparameter, value: number): boolean {
  const { minimum, maximum } = item;
  const low =
    typeof minimum !== 'number' || (item.exclusive_minimum ? value > minimum : value >= minimum);
  const high =
    typeof maximum !== 'number' || (item.exclusive_maximum ? value < maximum : value <= maximum);
  return low && high;
}

/** Say a range in the usual notation, e.g. `(0, 1]`, or an empty text where there is none. */
export function rangeOf(item: Hyperparameter): string {
  if (item.choices?.length) {
    return item.choices.map(String).join(', ');
  }
  if (typeof item.minimum !== 'number' && typeof item.maximum !== 'number') {
    return '';
  }
  const low =
    typeof item.minimum === 'number'
      ? `${item.exclusive_minimum ? '(' : '['}${item.minimum}`
      : '(−∞';
  const high =
    typeof item.maximum === 'number'
      ? `${item.maximum}${item.exclusive_maximum ? ')' : ']'}`
      : '∞)';
  return `${low}, ${high}`;
}
