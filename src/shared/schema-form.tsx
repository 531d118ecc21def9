import Form, { type IChangeEvent } from '@rjsf/core';
import type {
  FieldTemplateProps,
  ObjectFieldTemplateProps,
  RJSFSchema,
  RJSFValidationError,
  UiSchema
} from '@rjsf/utils';
import { customizeValidator } from '@rjsf/validator-ajv8';
import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import { useTrans } from './room-widget';

/** The values of a form. */
export type FormData = Readonly<Record<string, unknown>>;
type Data = FormData | undefined;

const validator = customizeValidator<Data>();
const templates = { FieldTemplate: Field, ObjectFieldTemplate: Group };

/** A form made from a JSON Schema. */
export interface ISchemaFormProps {
  schema: RJSFSchema;
  data: FormData;
  /** Each change, with whether the values fit the schema now. */
  onChange: (data: FormData, valid: boolean) => void;
  label: string;
  uiSchema?: UiSchema<Data>;
  /** The button that sends the form; without it the form has none. */
  submit?: { label: string; caption?: string; onSubmit: (data: FormData) => void };
}

/** A form with real labels, help below each field, and errors in words at their field. */
export function SchemaForm(props: ISchemaFormProps): JSX.Element {
  const trans = useTrans();
  return (
    <Form<Data>
      className="ck-Form"
      aria-label={props.label}
      schema={props.schema}
      uiSchema={props.uiSchema}
      formData={props.data}
      validator={validator}
      templates={templates}
      liveValidate
      noHtml5Validate
      showErrorList={false}
      transformErrors={errors => errors.map(error => inWords(error, trans))}
      onChange={(event: IChangeEvent<Data>) =>
        props.onChange(event.formData ?? {}, event.errors.length === 0)
      }
      onSubmit={event => props.submit?.onSubmit(event.formData ?? {})}
    >
      {props.submit ? (
        <button
          type="submit"
          className="ck-Button jp-mod-styled jp-mod-accept"
          title={props.submit.caption}
        >
          {props.submit.label}
        </button>
      ) : (
        <></>
      )}
    </Form>
  );
}

/** Label, field, help and errors of one value. */
function Field(props: FieldTemplateProps<Data>): JSX.Element {
  if (props.hidden) {
    return <div hidden>{props.children}</div>;
  }
  const inner = props.schema.type === 'object' || props.schema.type === 'boolean';
  const errors = props.rawErrors ?? [];
  return (
    <div className={`ck-Field${errors.length ? ' ck-mod-invalid' : ''}`}>
      {!inner && (
        <label className="ck-Field-label" htmlFor={props.id}>
          {props.label}
          {props.required && <span aria-hidden="true"> *</span>}
        </label>
      )}
      {props.children}
      {!inner && props.rawDescription && (
        <div className="ck-Field-help" id={`${props.id}__description`}>
          {props.rawDescription}
        </div>
      )}
      {errors.length > 0 && (
        <div className="ck-Field-error" id={`${props.id}__error`} role="alert">
          {[...new Set(errors)].join(' ')}
        </div>
      )}
    </div>
  );
}

/** The fields of an object, as a set with its title where it stands inside another. */
function Group(props: ObjectFieldTemplateProps<Data>): JSX.Element {
  const fields = props.properties.filter(item => !item.hidden).map(item => item.content);
  const root = props.idSchema.$id === 'root';
  if (root || !props.title) {
    return <div className="ck-Fields">{fields}</div>;
  }
  return (
    <fieldset className="ck-Fields ck-mod-inner">
      <legend>{props.title}</legend>
      {fields}
    </fieldset>
  );
}

/** Say an error of the validator in words that name what would fit. */
export function inWords(error: RJSFValidationError, trans: TranslationBundle): RJSFValidationError {
  const params = (error.params ?? {}) as Record<string, unknown>;
  const limit = String(params.limit ?? '');
  const sentences: Record<string, () => string> = {
    required: () => trans.__('This is needed.'),
    type: () => trans.__('This must be %1.', kindInWords(String(params.type), trans)),
    minimum: () => trans.__('This must be %1 or more.', limit),
    maximum: () => trans.__('This must be %1 or less.', limit),
    exclusiveMinimum: () => trans.__('This must be more than %1.', limit),
    exclusiveMaximum: () => trans.__('This must be less than %1.', limit),
    multipleOf: () => trans.__('This must be a multiple of %1.', String(params.multipleOf)),
    enum: () => trans.__('Choose one of the offered values.'),
    minLength: () => trans.__('This needs at least %1 characters.', limit),
    maxLength: () => trans.__('This may have at most %1 characters.', limit),
    pattern: () => trans.__('This does not have the form that is asked for.')
  };
  const sentence = error.name ? sentences[error.name] : undefined;
  return sentence ? { ...error, message: sentence() } : error;
}

function kindInWords(type: string, trans: TranslationBundle): string {
  const kinds: Record<string, string> = {
    integer: trans.__('a whole number'),
    number: trans.__('a number'),
    string: trans.__('text'),
    boolean: trans.__('yes or no'),
    array: trans.__('a list'),
    null: trans.__('empty')
  };
  return type
    .split(',')
    .map(part => kinds[part] ?? part)
    .join(trans.__(' or '));
}
