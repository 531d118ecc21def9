import type { JSONSchema7 } from 'json-schema';

import type { Service } from './api';

type Column = NonNullable<Service['input_columns']>[number];

/** Put a service's raw columns into the JSON Schema of the form that asks for one row. */
export function rowSchema(
  columns: readonly Column[],
  example: Record<string, unknown>
): JSONSchema7 {
  const inputs = columns.filter(column => !column.label);
  return {
    type: 'object',
    properties: Object.fromEntries(
      inputs.map(column => [column.name, propertyOf(column, example[column.name])])
    )
  };
}

function propertyOf(column: Column, example: unknown): JSONSchema7 {
  const type = typeOf(column.dtype, example);
  // A missing value is a value: the recipe says what it makes of it.
  return { type: [type, 'null'], title: column.name, description: column.dtype };
}

/** The JSON type that values of a data type have; text where the type says nothing. */
export function typeOf(
  dtype: string,
  example: unknown
): 'integer' | 'number' | 'boolean' | 'string' {
  if (/^u?int/i.test(dtype)) {
    return 'integer';
  }
  if (/^(float|double|decimal)/i.test(dtype)) {
    return 'number';
  }
  if (/^bool/i.test(dtype)) {
    return 'boolean';
  }
  return typeof example === 'number' ? 'number' : 'string';
}

/** The row to send: a field left empty is a missing value. */
export function rowOf(
  columns: readonly Column[],
  values: Record<string, unknown>
): Record<string, unknown> {
  return Object.fromEntries(
    columns
      .filter(column => !column.label)
      .map(column => {
        const value = values[column.name];
        return [column.name, value === undefined || value === '' ? null : value];
      })
  );
}
